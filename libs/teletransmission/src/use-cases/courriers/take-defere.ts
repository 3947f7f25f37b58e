import type { Clock, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Compte } from '../../compte/compte';
import type { Correspondance } from '../../correspondance/correspondance';
import type { AlerteRepository } from '../../ports/lectures/alertes';
import type { CorrespondanceRepository } from '../../ports/actes/correspondances';
import { problems } from '../../problems';
import type { AnswerCorrespondance } from './answer-correspondance';
import { prepareDecision } from './prepare-decision';

/** Une personne prend un déféré en charge, avec son motif : l'alerte se lève, et le journal garde qui, quand et pourquoi. */
export class TakeDefere {
  constructor(
    private readonly correspondances: Pick<CorrespondanceRepository, 'take'>,
    private readonly lettres: Pick<AnswerCorrespondance, 'consult'>,
    private readonly alertes: Pick<AlerteRepository, 'close'>,
    private readonly clock: Clock,
  ) {}

  /** @returns la lettre prise en charge ; `correspondance/event-refused` pour une autre lettre, ou si c'est déjà fait. */
  async execute(compte: Compte, id: string, text: string): Promise<Result<Correspondance>> {
    const event = 'defere-taken';
    const prepared = await prepareDecision(this.lettres, this.clock, { compte, id, event, motif: text });
    if (!prepared.ok) return prepared;
    const { lettre, to, audit } = prepared.value;
    const taken = await this.correspondances.take(lettre, to, audit);
    if (!taken) return refuse(problems.correspondanceEventRefused(lettre.state, event, []));
    // Le balayage la lèverait de même ; qui vient de la prendre en charge n'a pas à la revoir.
    await this.alertes.close('defere', lettre.id, audit.instant);
    return ok({ ...lettre, state: to });
  }
}
