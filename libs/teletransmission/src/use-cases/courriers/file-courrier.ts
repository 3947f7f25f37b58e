import type { Clock, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Compte } from '../../compte/compte';
import type { Correspondance } from '../../correspondance/correspondance';
import { advanceCorrespondance, allowedEventsOf, decisionOf } from '../../correspondance/correspondance';
import type { CorrespondanceRepository } from '../../ports/actes/correspondances';
import { problems } from '../../problems';
import { checkMotif } from '../../transmission/motif';
import type { AnswerCorrespondance } from './answer-correspondance';

/** Classe sans suite un courrier simple (2-1), qui n'oblige pas à répondre : une personne le décide, avec son motif. */
export class FileCourrier {
  constructor(
    private readonly correspondances: Pick<CorrespondanceRepository, 'take' | 'find'>,
    private readonly lettres: Pick<AnswerCorrespondance, 'consult'>,
    private readonly clock: Clock,
  ) {}

  /** @returns la lettre classée ; `correspondance/event-refused` pour une lettre qui demande une réponse, ou si elle a déjà changé. */
  async execute(compte: Compte, id: string, text: string): Promise<Result<Correspondance>> {
    const consulted = await this.lettres.consult(compte, id, 'repondre-courrier');
    if (!consulted.ok) return consulted;
    const motif = checkMotif(text);
    if (!motif.ok) return motif;
    const lettre = consulted.value;
    const to = advanceCorrespondance(lettre.state, 'closed-without-answer', lettre.flux);
    if (!to.ok) return to;
    const audit = decisionOf(lettre, 'closed-without-answer', to.value, {
      compte,
      motif: motif.value,
      at: this.clock.now(),
    });
    if (await this.correspondances.take(lettre, to.value, audit)) return ok({ ...lettre, state: to.value });
    const { state } = (await this.correspondances.find(lettre.id)) ?? lettre;
    const allowed = allowedEventsOf(state, lettre.flux);
    return refuse(problems.correspondanceEventRefused(state, 'closed-without-answer', allowed));
  }
}
