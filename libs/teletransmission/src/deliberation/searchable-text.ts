/**
 * Un texte réduit à ses mots pour la recherche : minuscules, sans accents ni ligatures, un mot par suite de lettres ou de chiffres.
 * @example searchableText("Création d’une œuvre") // 'creation d une oeuvre'
 */
export function searchableText(texte: string): string {
  return texte
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((mot) => mot !== '')
    .join(' ');
}
