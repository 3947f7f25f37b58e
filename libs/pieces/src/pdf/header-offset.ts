/** Au-delà, beaucoup de lecteurs ne trouvent plus l'en-tête (ISO 32000, annexe H). */
const WITHIN_OCTETS = 1024;

/**
 * Où commence le PDF : son en-tête peut suivre quelques octets étrangers, mais toujours au début d'une ligne, faute de quoi c'est une phrase
 * qui en parle.
 * @param head les premiers octets, un caractère chacun @returns `null` quand il n'y a pas d'en-tête.
 */
export function headerOffset(head: string): number | null {
  const found = /(?:^|[\r\n]|^[^]{0,3})\s*%PDF-\d/.exec(head.slice(0, WITHIN_OCTETS + 8));
  if (!found) return null;
  const offset = found.index + found[0].indexOf('%PDF-');
  return offset < WITHIN_OCTETS ? offset : null;
}
