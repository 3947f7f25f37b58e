import type { Liaison } from '../liaison/liaison';
import { NUMBER_BURNT } from '../liaison/problems';
import type { Transmission } from '../transmission/transmission';
import type { SubmitAnswer } from './submit-answer';

/**
 * Ce que vaut une réponse, sachant par quelle liaison elle vient. Chez qui brûle les numéros, un acte refusé ne repart jamais sous le sien :
 * son arrêt le dit, et la remise en file s'y refuse.
 */
export function answerThrough(
  { nom, traits }: Liaison,
  { flux }: Transmission,
  answer: SubmitAnswer,
): SubmitAnswer {
  if (answer.kind !== 'refused' || !traits.bruleNumeros || flux !== '1-1') return answer;
  return {
    kind: 'refused',
    code: NUMBER_BURNT,
    detail: `${answer.detail} ${nom} ne reprendra jamais ce numéro : corrigez l’acte en lui en donnant un autre.`,
  };
}
