import { readJson } from '@teletransmission/kernel';
import type { Page } from '@teletransmission/teletransmission';
import { MalformedCursor } from '@teletransmission/teletransmission';

/** La clé qui range une ligne ; ses parts se comparent l'une après l'autre. */
export type PageKey = readonly (string | number)[];
type PartType = 'string' | 'number';

function compareKeys(a: PageKey, b: PageKey): number {
  for (const [rank, one] of a.entries()) {
    const other = b[rank] ?? one;
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

const cursorOf = (key: PageKey): string => Buffer.from(JSON.stringify(key)).toString('base64url');

function readCursor(text: string, parts: readonly PartType[]): PageKey {
  const read = readJson(Buffer.from(text, 'base64url'), 'Le curseur');
  const key: unknown = read.ok ? read.value : null;
  const isOurs =
    Array.isArray(key) &&
    key.length === parts.length &&
    parts.every((part, rank) => typeof key[rank] === part) &&
    cursorOf(key as PageKey) === text;
  if (!isOurs) throw new MalformedCursor();
  return key as PageKey;
}

/** Comment une liste se range et se reprend. */
export interface PageOrder<T> {
  readonly parts: readonly PartType[];
  readonly keyOf: (row: T) => PageKey;
  readonly isDescending?: boolean;
}

/** Ces lignes, rangées par leur clé. */
export function inKeyOrder<T>(
  rows: readonly T[],
  { keyOf, isDescending }: Pick<PageOrder<T>, 'keyOf' | 'isDescending'>,
): readonly T[] {
  const sense = isDescending === true ? -1 : 1;
  return [...rows].sort((a, b) => sense * compareKeys(keyOf(a), keyOf(b)));
}

/** Une page par clé, comme la base la rend : ce qui naît ou disparaît entre deux pages ne décale rien. */
export function pageAfter<T>(
  rows: readonly T[],
  after: string | null,
  limit: number,
  order: PageOrder<T>,
): Page<T> {
  const sense = order.isDescending === true ? -1 : 1;
  const from = after === null ? null : readCursor(after, order.parts);
  const left = inKeyOrder(rows, order).filter(
    (row) => from === null || sense * compareKeys(order.keyOf(row), from) > 0,
  );
  const items = left.slice(0, limit);
  const last = items.at(-1);
  const next = left.length > limit && last !== undefined ? order.keyOf(last) : null;
  return { items, next: next && cursorOf(next) };
}
