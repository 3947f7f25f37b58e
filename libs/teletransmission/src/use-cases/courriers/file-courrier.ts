import type { Clock, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Compte } from '../../compte/compte';
import type { Correspondance } from '../../correspondance/correspondance';
import { allowedEventsOf } from '../../correspondance/correspondance';
import type { CorrespondanceRepository } from '../../ports/actes/correspondances';
import { problems } from '../../problems';
import type { AnswerCorrespondance } from './answer-correspondance';
import { prepareDecision } from './prepare-decision';

/** Classe sans suite un courrier simple (2-1), qui n'oblige pas à répondre : une personne le décide, avec son motif. */
export class FileCourrier {
  constructor(
    private readonly correspondances: Pick<CorrespondanceRepository, 'take' | 'find'>,
    private readonly lettres: Pick<AnswerCorrespondance, 'consult'>,
    private readonly clock: Clock,
  ) {}

  /** @returns la lettre classée ; `correspondance/event-refused` pour une lettre qui demande une réponse, ou si elle a déjà changé. */
  async execute(compte: Compte, id: string, text: string): Promise<Result<Correspondance>> {
    const event = 'closed-without-answer';
    const prepared = await prepareDecision(this.lettres, this.clock, { compte, id, event, motif: text });
    if (!prepared.ok) return prepared;
    const { lettre, to, audit } = prepared.value;
    if (await this.correspondances.take(lettre, to, audit)) return ok({ ...lettre, state: to });
    const { state } = (await this.correspondances.find(lettre.id)) ?? lettre;
    const allowed = allowedEventsOf(state, lettre.flux);
    return refuse(problems.correspondanceEventRefused(state, event, allowed));
  }
}
