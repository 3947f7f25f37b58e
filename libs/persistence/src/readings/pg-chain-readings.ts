import type {
  ChainReadings,
  ChainView,
  CollectiviteId,
  HistoryEntry,
  Page,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { decodeCursor } from '../paging/cursor';
import { readHistory } from './history-sql';
import { pageOf } from '../paging/page-of';

/** Les chaînes du journal, chacune avec la tête que la base tient à part. */
export class PgChainReadings implements ChainReadings {
  constructor(private readonly dataSource: DataSource) {}

  async chains(
    collectiviteId: CollectiviteId | null,
    after: string | null,
    limit: number,
  ): Promise<Page<ChainView>> {
    const [last] = after === null ? [''] : decodeCursor(after, ['chaine']);
    const rows: (Omit<ChainView, 'rang'> & { readonly rang: string })[] = await this.dataSource.query(
      `SELECT h.chaine, h.rang, h.empreinte, c.siren, c.nom FROM chaines_audit h LEFT JOIN collectivites c ON c.id::text = h.chaine
        WHERE ($1::text IS NULL OR h.chaine = $1) AND h.chaine > $2 ORDER BY h.chaine LIMIT $3`,
      [collectiviteId, last, limit + 1],
    );
    return pageOf(
      rows,
      limit,
      ({ rang, ...row }) => ({ ...row, rang: Number(rang) }),
      ({ chaine }) => [chaine],
    );
  }

  historyOfChain(chaine: string, after: string | null, limit: number): Promise<Page<HistoryEntry>> {
    return readHistory(this.dataSource, 'chaine = $1', chaine, after, limit);
  }
}
