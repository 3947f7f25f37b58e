import type { Clock, Result } from '@teletransmission/kernel';
import { ok } from '@teletransmission/kernel';
import { CONSOLE } from '../../compte/administration-entries';
import { liaisonRegistered } from '../../liaison/audit';
import type { Liaison } from '../../liaison/liaison';
import { checkLiaison } from '../../liaison/liaison-rules';
import type { LiaisonRepository } from '../../ports/liaison/liaisons';

/** Inscrit une liaison depuis la machine, ou change ce qu'elle est ; son identité est sa clé. */
export class RegisterLiaison {
  constructor(
    private readonly liaisons: LiaisonRepository,
    private readonly clock: Clock,
  ) {}

  /** @param description voir `checkLiaison`. @returns la liaison, et si quelque chose a changé. */
  async execute(
    description: unknown,
  ): Promise<Result<{ readonly liaison: Liaison; readonly aChange: boolean }>> {
    const checked = checkLiaison(description);
    if (!checked.ok) return checked;
    const liaison = checked.value;
    const aChange = await this.liaisons.save(liaison, liaisonRegistered(liaison, this.clock.now(), CONSOLE));
    return ok({ liaison, aChange });
  }
}
