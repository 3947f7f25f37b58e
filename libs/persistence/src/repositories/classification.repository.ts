import type { CivilDate, Instant } from '@teletransmission/kernel';
import type {
  Classification,
  ClassificationRepository,
  CollectiviteId,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { fromTimestamp } from '../instants';
import { ClassificationRow } from '../rows/classification.row';

/** Les nomenclatures reçues ; elles s'écrivent avec la demande qu'elles closent (`state-change-statement.ts`). */
export class PgClassificationRepository implements ClassificationRepository {
  constructor(private readonly dataSource: DataSource) {}

  async current(collectiviteId: CollectiviteId): Promise<Classification | null> {
    const row = await this.dataSource
      .getRepository(ClassificationRow)
      .findOne({ where: { collectiviteId }, order: { dateVersion: 'DESC' } });
    return (
      row && {
        collectiviteId,
        dateVersion: row.dateVersion as CivilDate,
        natures: row.natures,
        matieres: row.matieres,
        recueLe: fromTimestamp(row.recueLe),
      }
    );
  }

  async findStale(before: Instant, limit: number): Promise<readonly CollectiviteId[]> {
    const rows: { id: string }[] = await this.dataSource.query(
      `SELECT c.id FROM collectivites c WHERE NOT EXISTS (SELECT 1 FROM transmissions t
        WHERE t.collectivite_id = c.id AND t.flux = '7-1' AND t.since > $1) ORDER BY c.id LIMIT $2`,
      [before, limit],
    );
    return rows.map(({ id }) => id as CollectiviteId);
  }
}
