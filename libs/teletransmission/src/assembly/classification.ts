import { AdoptClassification } from '../use-cases/classification/adopt-classification';
import { RequestClassification } from '../use-cases/classification/request-classification';
import type { Sources } from './policies';
import type { Ports } from './ports';

export interface ClassificationUseCases {
  readonly requestClassification: RequestClassification;
  readonly adoptClassification: AdoptClassification;
}

/** Demander la nomenclature, et prendre celle qui revient. */
export function assembleClassification(
  {
    transmissions,
    classifications,
    collectivites,
  }: Pick<Ports, 'transmissions' | 'classifications' | 'collectivites'>,
  { clock, ids }: Sources,
): ClassificationUseCases {
  return {
    requestClassification: new RequestClassification(
      transmissions,
      classifications,
      collectivites,
      clock,
      ids,
    ),
    adoptClassification: new AdoptClassification(classifications, transmissions, clock),
  };
}
