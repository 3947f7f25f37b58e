/** Les deux façons d'écrire un export : celle qu'un tableur français ouvre d'un double clic, et celle de la RFC 4180. */
export const CSV_VARIANTES = ['tableur', 'rfc4180'] as const;

export type CsvVariante = (typeof CSV_VARIANTES)[number];

interface CsvDialect {
  readonly separator: string;
  /** Ce qui précède l'en-tête : sans cette marque, un tableur lit l'UTF-8 comme du windows-1252. */
  readonly mark: string;
}

const DIALECTS: Readonly<Record<CsvVariante, CsvDialect>> = {
  tableur: { separator: ';', mark: '\uFEFF' },
  rfc4180: { separator: ',', mark: '' },
};

/**
 * Là où un tableur commencerait une formule : au bord de la cellule, ou après ce qu'il prendrait pour un séparateur s'il ouvre le
 * fichier avec un autre que le sien. Les blancs et signes invisibles ne l'arrêtent pas, les signes pleine largeur non plus.
 */
const FORMULA_STARTS =
  /^(?=[\t\r\n])|(^|[;,\t\r\n]+)((?:[^\S\t\r\n]|\p{Cf})*[=+\-@＝＋－＠﹦﹢﹣﹫\u2212])/gu;

/** Un texte dont rien ne s'exécute : une apostrophe devant chaque début de formule, que le tableur montre sans la calculer. */
function harmless(text: string): string {
  return text.replace(FORMULA_STARTS, (_, before = '', start = '') => `${String(before)}'${String(start)}`);
}

/** Une cellule : un texte entre guillemets, ou un jour ; vide quand il n'y a rien à dire. */
export interface CsvCell {
  readonly kind: 'texte' | 'jour';
  readonly value: string | null;
}

function written({ kind, value }: CsvCell): string {
  if (value === null) return '';
  return kind === 'jour' ? value : `"${harmless(value).replaceAll('"', '""')}"`;
}

/** La première ligne, marque comprise. */
export function csvHeader(variante: CsvVariante, names: readonly string[]): string {
  const { separator, mark } = DIALECTS[variante];
  return `${mark}${names.join(separator)}\r\n`;
}

export function csvLine(variante: CsvVariante, cells: readonly CsvCell[]): string {
  return `${cells.map(written).join(DIALECTS[variante].separator)}\r\n`;
}
