import type { HistoryEntry, Page } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { decodeCursor } from '../paging/cursor';
import { pageOf } from '../paging/page-of';
import type { HistoryRow } from './view-row';
import { historyEntryOf } from './view-row';

/** Une page du journal, dans l'ordre des rangs. @param where ce qui la borne, `$1` étant `key`. */
export async function readHistory(
  dataSource: DataSource,
  where: string,
  key: string,
  after: string | null,
  limit: number,
): Promise<Page<HistoryEntry>> {
  const [rang] = after === null ? [0] : decodeCursor(after, ['bigint']);
  const rows: HistoryRow[] = await dataSource.query(
    `SELECT *, preuve::text AS preuve_texte FROM audit_entries WHERE ${where} AND rang > $2 ORDER BY rang LIMIT $3`,
    [key, rang, limit + 1],
  );
  return pageOf(rows, limit, historyEntryOf, (row) => [Number(row.rang)]);
}
