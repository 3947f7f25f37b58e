import type { CivilDate } from '@teletransmission/kernel';
import type { Classification, CollectiviteId } from '@teletransmission/teletransmission';
import { fromTimestamp } from '../instants';
import type { ClassificationRow } from '../rows/classification.row';

export function classificationOf(row: ClassificationRow): Classification {
  return {
    collectiviteId: row.collectiviteId as CollectiviteId,
    dateVersion: row.dateVersion as CivilDate,
    natures: row.natures,
    matieres: row.matieres,
    recueLe: fromTimestamp(row.recueLe),
  };
}
