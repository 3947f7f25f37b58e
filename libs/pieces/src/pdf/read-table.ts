import type { ReadableContent } from '../content/readable-content';
import { octetsAt, textAt } from '../content/readable-content';
import { readStreamTable } from './read-stream-table';

/** Un objet et la place que la table lui donne, comptée depuis le début du PDF. */
export interface TableEntry {
  readonly id: number;
  readonly offset: number;
}

/** Une partie de la table, et les parties plus anciennes qu'elle désigne. */
export interface TableSection {
  readonly entries: readonly TableEntry[];
  readonly others: readonly number[];
}

const FIRST_OCTETS = 64 * 1024;
const LARGEST_OCTETS = 8 * 1024 * 1024;
/** Une révision en ajoute une ; au-delà, ce n'est plus un document. */
const SECTIONS_MAX = 1000;
const CHECKED_MAX = 20_000;
const OBJET_OCTETS = 32;

/**
 * Suit la table des références d'un bout à l'autre, révision après révision, et vérifie que chaque objet est là où elle le dit. C'est ce qui
 * distingue un fichier intact d'un fichier dont des octets se sont perdus ou ajoutés : un lecteur, lui, répare sans le dire.
 * @param start où commence le PDF dans le contenu @param last la place de la dernière table
 * @returns faux dès qu'une partie ne se lit pas, ou qu'un objet n'est pas à sa place.
 */
export async function isTableSound(content: ReadableContent, start: number, last: number): Promise<boolean> {
  const entries: TableEntry[] = [];
  const seen = new Set<number>();
  const pending = [last];
  for (let offset = pending.pop(); offset !== undefined; offset = pending.pop()) {
    if (seen.has(offset)) continue;
    seen.add(offset);
    if (seen.size > SECTIONS_MAX) return false;
    const section = await readSection(content, start + offset);
    if (!section) return false;
    for (const entry of section.entries) entries.push(entry);
    pending.push(...section.others);
  }
  return areInPlace(content, start, entries);
}

async function areInPlace(
  content: ReadableContent,
  start: number,
  entries: readonly TableEntry[],
): Promise<boolean> {
  const step = Math.ceil(entries.length / CHECKED_MAX);
  // Dans l'ordre du fichier, les lectures voisines n'en font qu'une. Une place nulle est celle d'un objet que rien n'emploie.
  const checked = entries
    .filter(({ offset }, rank) => offset > 0 && rank % step === 0)
    .sort((a, b) => a.offset - b.offset);
  for (const { id, offset } of checked) {
    const found = /^\s{0,4}(\d{1,10})\s{1,8}\d{1,5}\s{1,8}obj\b/.exec(
      await textAt(content, start + offset, OBJET_OCTETS),
    );
    if (Number(found?.[1]) !== id) return false;
  }
  return true;
}

/** Une table classique (ISO 32000 §7.5.4) ou en flux (§7.5.8) ; `null` quand ce n'en est pas une. */
async function readSection(content: ReadableContent, offset: number): Promise<TableSection | null> {
  const text = await sectionText(content, offset);
  if (!/^\s{0,4}xref\b/.test(text))
    return readStreamTable(text, (at, length) => octetsAt(content, offset + at, length));
  const end = text.indexOf('trailer');
  if (end < 0) return null;
  const trailer = text.slice(end, end + FIRST_OCTETS);
  return {
    entries: readEntries(text.slice(text.indexOf('xref') + 4, end)),
    others: [...trailer.matchAll(/\/(?:Prev|XRefStm)\s{1,8}(\d{1,12})/g)].map(([, place]) => Number(place)),
  };
}

/** Le texte d'une partie : court, sauf pour un document de dizaines de milliers d'objets. */
async function sectionText(content: ReadableContent, offset: number): Promise<string> {
  const text = await textAt(content, offset, FIRST_OCTETS);
  return /^\s{0,4}xref\b/.test(text) && !text.includes('trailer')
    ? textAt(content, offset, LARGEST_OCTETS)
    : text;
}

/** Les lignes d'une table classique : un premier numéro et un nombre, puis une ligne par objet. */
function readEntries(text: string): readonly TableEntry[] {
  const entries: TableEntry[] = [];
  let id = 0;
  for (const [, first, offset, generation, kind] of text.matchAll(
    /(?:(\d{1,10})\s+\d{1,10}\s*?(?=\s\d{10}\s|\s*$))|(\d{10})\s(\d{5})\s([nf])/g,
  )) {
    if (first !== undefined) id = Number(first);
    else {
      if (kind === 'n' && generation !== undefined) entries.push({ id, offset: Number(offset) });
      id += 1;
    }
  }
  return entries;
}
