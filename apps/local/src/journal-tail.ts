import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const READ_BYTES = 16_384;

/** Les `count` dernières lignes non vides d'un journal ; une liste vide quand le fichier manque. Ne lit que la fin du fichier. */
export function lastLinesOf(journal: string, count = 20): readonly string[] {
  let descriptor: number;
  try {
    descriptor = openSync(journal, 'r');
  } catch {
    return [];
  }
  try {
    const { size } = fstatSync(descriptor);
    const from = Math.max(0, size - READ_BYTES);
    const bytes = Buffer.alloc(size - from);
    readSync(descriptor, bytes, 0, bytes.length, from);
    return lastLines(bytes.toString('utf8'), count);
  } finally {
    closeSync(descriptor);
  }
}

/** Les `count` dernières lignes non vides d'un texte. */
export function lastLines(text: string, count = 20): readonly string[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(-count);
}

/** Les lignes, décalées, précédées d'un intitulé ; la chaîne vide quand il n'y en a pas. */
export function quoteLines(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return `\n${title}\n${lines.map((line) => `  | ${line}`).join('\n')}`;
}
