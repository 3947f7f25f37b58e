import type { Clock, Result } from '@teletransmission/kernel';
import { ok } from '@teletransmission/kernel';
import type { AuditEntry } from '../../audit/audit-entry';
import type { Compte } from '../../compte/compte';
import type { Correspondance } from '../../correspondance/correspondance';
import { advanceCorrespondance, decisionOf } from '../../correspondance/correspondance';
import { checkMotif } from '../../transmission/motif';
import type { CorrespondanceEvent, CorrespondanceState } from '../../vies/correspondance-transitions';
import type { AnswerCorrespondance } from './answer-correspondance';

/** Ce qu'une personne veut d'une lettre, et pourquoi. */
export interface LettreCommand {
  readonly compte: Compte;
  readonly id: string;
  readonly event: CorrespondanceEvent;
  readonly motif: string;
}

/** La décision prête à s'écrire. */
export interface PreparedDecision {
  readonly lettre: Correspondance;
  readonly to: CorrespondanceState;
  readonly audit: AuditEntry;
}

/** Ce qu'une personne décide d'une lettre qu'elle peut voir, avec son motif, par la table. */
export async function prepareDecision(
  lettres: Pick<AnswerCorrespondance, 'consult'>,
  clock: Clock,
  { compte, id, event, motif: text }: LettreCommand,
): Promise<Result<PreparedDecision>> {
  const consulted = await lettres.consult(compte, id, 'repondre-courrier');
  if (!consulted.ok) return consulted;
  const motif = checkMotif(text);
  if (!motif.ok) return motif;
  const lettre = consulted.value;
  const to = advanceCorrespondance(lettre.state, event, lettre.flux);
  if (!to.ok) return to;
  const audit = decisionOf(lettre, event, to.value, { compte, motif: motif.value, at: clock.now() });
  return ok({ lettre, to: to.value, audit });
}
