import type { AnswerPorts } from '../use-cases/courriers/answer-correspondance';
import { AnswerCorrespondance } from '../use-cases/courriers/answer-correspondance';
import { FileCourrier } from '../use-cases/courriers/file-courrier';
import { SteerReponse } from '../use-cases/courriers/steer-reponse';
import { TakeDefere } from '../use-cases/courriers/take-defere';
import type { SteeringUseCases } from './departure';
import type { Sources } from './policies';
import type { Ports } from './ports';

export interface CourrierUseCases {
  readonly answer: AnswerCorrespondance;
  readonly file: FileCourrier;
  readonly take: TakeDefere;
  readonly reponses: SteerReponse;
}

/** Répondre à une lettre, la classer, en prendre connaissance, reprendre une réponse arrêtée. */
export function assembleCourriers(
  ports: AnswerPorts & Pick<Ports, 'alertes'>,
  { steer, resolve }: Pick<SteeringUseCases, 'steer' | 'resolve'>,
  { clock, ids }: Sources,
): CourrierUseCases {
  const { correspondances, alertes } = ports;
  const answer = new AnswerCorrespondance(ports, clock, ids);
  return {
    answer,
    file: new FileCourrier(correspondances, answer, clock),
    take: new TakeDefere(correspondances, answer, alertes, clock),
    reponses: new SteerReponse(correspondances, answer, steer, resolve),
  };
}
