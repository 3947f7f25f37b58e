import type { MatiereClassification, NatureClassificationLue } from '@teletransmission/actes';
import type { CivilDate, Instant } from '@teletransmission/kernel';
import type { CollectiviteId } from '../ids';

/** La nomenclature qu'une préfecture a donnée à une collectivité (`RetourClassification`), gardée avec sa date. */
export interface Classification {
  readonly collectiviteId: CollectiviteId;
  readonly dateVersion: CivilDate;
  readonly natures: readonly NatureClassificationLue[];
  readonly matieres: readonly MatiereClassification[];
  readonly recueLe: Instant;
}
