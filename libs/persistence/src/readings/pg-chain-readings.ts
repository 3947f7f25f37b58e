import type {
  ChainReadings,
  ChainView,
  CollectiviteId,
  HistoryEntry,
  Page,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { decodeCursor } from '../paging/cursor';
import { z } from 'zod';
import { column } from '../sql/columns';
import { readRows } from '../sql/read-rows';
import { readHistory } from './history-sql';
import { pageOf } from '../paging/page-of';

const CHAIN_ROW = z.object({
  chaine: column.text,
  rang: column.bigint,
  empreinte: column.text,
  siren: column.text.nullable(),
  nom: column.text.nullable(),
});

/** Les chaînes du journal, chacune avec la tête que la base tient à part. */
export class PgChainReadings implements ChainReadings {
  constructor(private readonly dataSource: DataSource) {}

  async chains(
    collectiviteId: CollectiviteId | null,
    after: string | null,
    limit: number,
  ): Promise<Page<ChainView>> {
    const [last] = after === null ? [''] : decodeCursor(after, ['chaine']);
    const rows = await readRows(
      this.dataSource,
      CHAIN_ROW,
      `SELECT h.chaine, h.rang, h.empreinte, c.siren, c.nom FROM chaines_audit h LEFT JOIN collectivites c ON c.id::text = h.chaine
        WHERE ($1::text IS NULL OR h.chaine = $1) AND h.chaine > $2 ORDER BY h.chaine LIMIT $3`,
      [collectiviteId, last, limit + 1],
    );
    return pageOf(
      rows,
      limit,
      (row) => row,
      ({ chaine }) => [chaine],
    );
  }

  historyOfChain(chaine: string, after: string | null, limit: number): Promise<Page<HistoryEntry>> {
    return readHistory(this.dataSource, 'chaine = $1', chaine, after, limit);
  }
}
