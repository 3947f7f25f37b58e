import type { Clock, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Compte } from '../../compte/compte';
import type { Correspondance } from '../../correspondance/correspondance';
import { advanceCorrespondance, decisionOf } from '../../correspondance/correspondance';
import type { AlerteRepository } from '../../ports/lectures/alertes';
import type { CorrespondanceRepository } from '../../ports/actes/correspondances';
import { problems } from '../../problems';
import { checkMotif } from '../../transmission/motif';
import type { AnswerCorrespondance } from './answer-correspondance';

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
    const consulted = await this.lettres.consult(compte, id, 'repondre-courrier');
    if (!consulted.ok) return consulted;
    const motif = checkMotif(text);
    if (!motif.ok) return motif;
    const lettre = consulted.value;
    const event = 'defere-taken';
    const to = advanceCorrespondance(lettre.state, event, lettre.flux);
    if (!to.ok) return to;
    const instant = this.clock.now();
    const audit = decisionOf(lettre, event, to.value, { compte, motif: motif.value, at: instant });
    const taken = await this.correspondances.take(lettre, to.value, audit);
    if (!taken) return refuse(problems.correspondanceEventRefused(lettre.state, event, []));
    // Le balayage la lèverait de même ; qui vient de la prendre en charge n'a pas à la revoir.
    await this.alertes.close('defere', lettre.id, instant);
    return ok({ ...lettre, state: to.value });
  }
}
