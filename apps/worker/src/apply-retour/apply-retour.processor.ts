import type { Log } from '@teletransmission/kernel';
import type { JobHandling, JobPayload } from '@teletransmission/queues';
import type { ApplyRetour, JobOutcome, RetourId, RetourState } from '@teletransmission/teletransmission';

/** Les états d'un retour qu'une personne doit regarder. */
const TRAY: readonly RetourState[] = ['unmatched', 'contradictory', 'unreadable'];

/** La file `apply-retour`, portée au cas d'usage du même nom. Ce qui reste au bac s'entend dans le journal. */
export class ApplyRetourProcessor implements JobHandling {
  readonly queue = 'apply-retour';

  constructor(
    private readonly useCase: ApplyRetour,
    private readonly log: Log,
  ) {}

  async process({ retourId }: JobPayload): Promise<JobOutcome> {
    const outcome = await this.useCase.execute(retourId as RetourId);
    const state = outcome.kind === 'done' ? outcome.state : undefined;
    if (retourId !== undefined && state !== undefined && TRAY.some((tray) => tray === state))
      this.log.warn('retour au bac', { retourId, state, code: `retour/${state}` });
    return outcome;
  }
}
