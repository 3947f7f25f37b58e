import type { HistoryEntry, Page } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { decodeCursor } from '../paging/cursor';
import { pageOf } from '../paging/page-of';
import { readRows } from '../sql/read-rows';
import { HISTORY_COLUMNS, HISTORY_ROW, historyEntryOf } from './view-row';

/** Une page du journal, dans l'ordre des rangs. @param where ce qui la borne, `$1` étant `key`. */
export async function readHistory(
  dataSource: DataSource,
  where: string,
  key: string,
  after: string | null,
  limit: number,
): Promise<Page<HistoryEntry>> {
  const [rang] = after === null ? [0] : decodeCursor(after, ['bigint']);
  const rows = await readRows(
    dataSource,
    HISTORY_ROW,
    `SELECT ${HISTORY_COLUMNS} FROM audit_entries a WHERE ${where} AND a.rang > $2 ORDER BY a.rang LIMIT $3`,
    [key, rang, limit + 1],
  );
  return pageOf(rows, limit, historyEntryOf, ({ rang }) => [rang]);
}
