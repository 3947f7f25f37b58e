import { Buffer } from 'node:buffer';
import { inflateSync } from 'node:zlib';
import type { TableEntry, TableSection } from './read-table';

const INFLATED_MAX_OCTETS = 32 * 1024 * 1024;
/** Un objet rangé à sa place dans le fichier ; les autres le sont dans un flux, ou libres. */
const IN_FILE = 1;

/**
 * Lit une table des références en flux (ISO 32000 §7.5.8).
 * @param text le texte qui commence à l'objet @param octetsAt les octets d'une plage, comptée depuis ce même début
 * @returns `null` quand elle ne se lit pas.
 */
export async function readStreamTable(
  text: string,
  octetsAt: (at: number, length: number) => Promise<Buffer>,
): Promise<TableSection | null> {
  const found = /^\s{0,4}\d{1,10}\s{1,8}\d{1,5}\s{1,8}obj\b([^]*?)stream\r?\n/.exec(text);
  const dictionary = found?.[1] ?? '';
  const length = numberOf(dictionary, 'Length');
  const widths = numbersOf(dictionary, 'W');
  const size = numberOf(dictionary, 'Size');
  if (!found || length === null || size === null || widths.length !== 3) return null;
  const raw = await octetsAt(found[0].length, length);
  const table = raw.length === length ? unfold(raw, dictionary) : null;
  if (!table) return null;
  const prev = numberOf(dictionary, 'Prev');
  const index = numbersOf(dictionary, 'Index');
  return {
    entries: readRows(table, widths, index.length > 0 ? index : [0, size]),
    others: prev === null ? [] : [prev],
  };
}

function readRows(table: Buffer, widths: readonly number[], index: readonly number[]): readonly TableEntry[] {
  const [kindWidth = 0, offsetWidth = 0, lastWidth = 0] = widths;
  const row = kindWidth + offsetWidth + lastWidth;
  const entries: TableEntry[] = [];
  let at = 0;
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    for (let rank = 0; rank < (index[pair + 1] ?? 0) && at + row <= table.length; rank += 1, at += row) {
      const kind = kindWidth === 0 ? IN_FILE : bigEndian(table, at, kindWidth);
      if (kind === IN_FILE)
        entries.push({
          id: (index[pair] ?? 0) + rank,
          offset: bigEndian(table, at + kindWidth, offsetWidth),
        });
    }
    if (row === 0) break;
  }
  return entries;
}

function bigEndian(table: Buffer, at: number, width: number): number {
  let value = 0;
  for (let rank = 0; rank < width; rank += 1) value = value * 256 + (table[at + rank] ?? 0);
  return value;
}

/** Déplie la table, puis défait la prédiction PNG que la plupart des logiciels y appliquent (§7.4.4.4). */
function unfold(raw: Buffer, dictionary: string): Buffer | null {
  try {
    const table = /\/FlateDecode\b/.test(dictionary)
      ? inflateSync(raw, { maxOutputLength: INFLATED_MAX_OCTETS })
      : raw;
    return (numberOf(dictionary, 'Predictor') ?? 1) < 10
      ? table
      : unpredict(table, numberOf(dictionary, 'Columns') ?? 1);
  } catch {
    return null;
  }
}

function unpredict(table: Buffer, columns: number): Buffer {
  const rows = Math.floor(table.length / (columns + 1));
  const plain = Buffer.alloc(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    const filter = table[row * (columns + 1)] ?? 0;
    for (let column = 0; column < columns; column += 1) {
      const at = row * columns + column;
      const left = column > 0 ? (plain[at - 1] ?? 0) : 0;
      const up = row > 0 ? (plain[at - columns] ?? 0) : 0;
      const upLeft = row > 0 && column > 0 ? (plain[at - columns - 1] ?? 0) : 0;
      plain[at] =
        ((table[row * (columns + 1) + 1 + column] ?? 0) + predicted(filter, left, up, upLeft)) & 0xff;
    }
  }
  return plain;
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const [a, b, c] = [Math.abs(up - upLeft), Math.abs(left - upLeft), Math.abs(left + up - 2 * upLeft)];
  return a <= b && a <= c ? left : b <= c ? up : upLeft;
}

function numberOf(dictionary: string, key: string): number | null {
  const found = new RegExp(`/${key}\\s{1,8}(\\d{1,12})\\b`).exec(dictionary);
  return found ? Number(found[1]) : null;
}

function numbersOf(dictionary: string, key: string): readonly number[] {
  const found = new RegExp(`/${key}\\s{0,8}\\[([\\d\\s]{0,100000})\\]`).exec(dictionary);
  return (found?.[1] ?? '')
    .split(/\s+/)
    .filter((one) => one !== '')
    .map(Number);
}
