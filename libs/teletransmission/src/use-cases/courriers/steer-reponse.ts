import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Compte } from '../../compte/compte';
import type { Action } from '../../compte/permissions';
import type { Correspondance } from '../../correspondance/correspondance';
import { advanceCorrespondance } from '../../correspondance/correspondance';
import type { CorrespondanceRepository } from '../../ports/actes/correspondances';
import { problems } from '../../problems';
import { allowedTransmissionEvents } from '../../transmission/advance';
import type { Verdict } from '../../outcome/constat';
import type { Transmission } from '../../transmission/transmission';
import type { TransmissionEvent } from '../../vies/transmission-transitions';
import type { AnswerCorrespondance } from './answer-correspondance';
import type { ConstatAnswer, ResolveUncertain } from '../departure/resolve-uncertain';
import type { SteerTransmission } from '../departure/steer-transmission';

/** Une décision sur la réponse d'une lettre, avec son motif. */
export interface ReponseCommand {
  readonly compte: Compte;
  readonly correspondanceId: string;
  readonly motif: string;
}

/**
 * Ce qu'une personne décide d'une réponse arrêtée ou sans nouvelles : la remettre en file, la retirer, constater à deux ce que la préfecture
 * en a. La lettre suit, dans la même transaction.
 */
export class SteerReponse {
  constructor(
    private readonly correspondances: Pick<CorrespondanceRepository, 'listReponses'>,
    private readonly lettres: Pick<AnswerCorrespondance, 'consult'>,
    private readonly steer: Pick<SteerTransmission, 'execute'>,
    private readonly uncertain: Pick<ResolveUncertain, 'execute'>,
  ) {}

  /** Remet la réponse en file. @returns la lettre ; `correspondance/event-refused` quand elle n'attend plus de réponse. */
  async resume(command: ReponseCommand): Promise<Result<Correspondance>> {
    const found = await this.find(command, 'reprendre-transmission', ['resubmitted']);
    if (!found.ok) return found;
    const { lettre, reponse } = found.value;
    const taken = advanceCorrespondance(lettre.state, 'answer-resumed', lettre.flux);
    if (!taken.ok) return taken;
    return this.decide(command, reponse, 'resubmitted');
  }

  /** Retire la réponse, tant qu'elle n'est pas partie ; la lettre attend de nouveau. @returns la lettre */
  async withdraw(command: ReponseCommand): Promise<Result<Correspondance>> {
    const found = await this.find(command, 'retirer-transmission', ['withdrawn']);
    return found.ok ? this.decide(command, found.value.reponse, 'withdrawn') : found;
  }

  /** Constate ce que la préfecture a de la réponse ; deux comptes d'accord tranchent, comme pour un acte. */
  async settle(command: ReponseCommand & { readonly constat: Verdict }): Promise<Result<ConstatAnswer>> {
    const found = await this.find(command, 'constater-envoi', ['proven-absent']);
    if (!found.ok) return found;
    const { compte, constat, motif } = command;
    return this.uncertain.execute({ compte, transmissionId: found.value.reponse.id, constat, motif });
  }

  private async decide(
    { compte, correspondanceId, motif }: ReponseCommand,
    { id: transmissionId }: Transmission,
    steering: 'resubmitted' | 'withdrawn',
  ): Promise<Result<Correspondance>> {
    const steered = await this.steer.execute({ compte, transmissionId, steering, motif });
    return steered.ok ? this.lettres.consult(compte, correspondanceId) : steered;
  }

  /** La dernière réponse qui admet un de ces événements ; à défaut la dernière de toutes, qui dira pourquoi elle le refuse. */
  private async find(
    { compte, correspondanceId }: ReponseCommand,
    action: Action,
    events: readonly TransmissionEvent[],
  ): Promise<Result<{ readonly lettre: Correspondance; readonly reponse: Transmission }>> {
    const consulted = await this.lettres.consult(compte, correspondanceId, action);
    if (!consulted.ok) return consulted;
    const lettre = consulted.value;
    const reponses = await this.correspondances.listReponses(lettre.id);
    const reponse = reponses.findLast(({ state, flux }) =>
      allowedTransmissionEvents(state, flux).some((event) => events.includes(event)),
    );
    const last = reponse ?? reponses.at(-1);
    return last ? ok({ lettre, reponse: last }) : refuse(problems.unanswered(lettre.id));
  }
}
