import type { Page } from '@teletransmission/teletransmission';
import { decodeCursor, encodeCursor } from './cursor';

/** La clé d'un curseur qui n'en porte qu'une, d'une ligne à identifiant. @throws MalformedCursor */
export function uuidOf(cursor: string): string {
  return decodeCursor(cursor, ['uuid'])[0];
}

/** Coupe une page à `limit` lignes : la ligne de trop dit s'il y a une suite. */
export function pageOf<Row, T>(
  rows: readonly Row[],
  limit: number,
  read: (row: Row) => T,
  key: (row: Row) => readonly (string | number)[],
): Page<T> {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return {
    items: kept.map(read),
    next: rows.length > limit && last !== undefined ? encodeCursor(key(last)) : null,
  };
}
