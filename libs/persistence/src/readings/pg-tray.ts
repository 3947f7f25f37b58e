import type {
  CollectiviteId,
  Page,
  RetourId,
  TransmissionId,
  TrayCriteria,
  TrayReadings,
  TrayRetour,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { RetourRow } from '../rows/retour.row';
import { pageOf, uuidOf } from '../paging/page-of';
import { retourViewOf } from './view-row';

function trayRetourOf(row: RetourRow): TrayRetour {
  return {
    ...retourViewOf(row),
    collectiviteId: row.collectiviteId as CollectiviteId | null,
    transmissionId: row.transmissionId as TransmissionId | null,
  };
}

/** Les retours en base, par clé et par page : leur identité suit leur arrivée. */
export class PgTray implements TrayReadings {
  constructor(private readonly dataSource: DataSource) {}

  async find(id: RetourId): Promise<TrayRetour | null> {
    const row = await this.dataSource.getRepository(RetourRow).findOneBy({ id });
    return row && trayRetourOf(row);
  }

  async list(
    { etat, collectiviteId }: TrayCriteria,
    after: string | null,
    limit: number,
  ): Promise<Page<TrayRetour>> {
    const query = this.dataSource
      .getRepository(RetourRow)
      .createQueryBuilder('r')
      .orderBy('r.id')
      .limit(limit + 1);
    if (etat !== undefined) query.andWhere('r.state = :etat', { etat });
    if (collectiviteId !== null) query.andWhere('r.collectiviteId = :collectiviteId', { collectiviteId });
    if (after !== null) query.andWhere('r.id > :after', { after: uuidOf(after) });
    return pageOf(await query.getMany(), limit, trayRetourOf, (row) => [row.id]);
  }
}
