/** Un caractère qu'aucun document XML ne peut porter, et ce qu'il faut écrire à la place. */
export interface CaractereInterdit {
  /** Rang du caractère dans le texte, à partir de 0, en unités UTF-16. */
  readonly position: number;
  /** Le caractère sous la forme `U+0008`. */
  readonly caractere: string;
  /** Ce qui peut le remplacer ; vide quand il suffit de le supprimer. */
  readonly proposition: string;
  readonly detail: string;
}

const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Trouve ce que XML 1.0 ne peut pas porter : caractères de contrôle autres que tabulation et fins de ligne, moitiés
 * d'emoji, U+FFFE et U+FFFF. Les œ, €, ’, – et emoji ne sont pas en cause : ils partent en références de caractères.
 * @returns chaque occurrence, dans l'ordre ; vide quand le texte convient.
 * @example checkTexteXml('Budget\u0007 2026')
 */
export function checkTexteXml(texte: string): readonly CaractereInterdit[] {
  return [...texte.matchAll(FORBIDDEN)].map((match) => {
    const [found] = match;
    const caractere = `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
    const proposition = /[\u000b\u000c]/.test(found) ? ' ' : '';
    const gesture = proposition === '' ? 'supprimez-le' : 'remplacez-le par une espace';
    return {
      position: match.index,
      caractere,
      proposition,
      detail: `Le caractère ${caractere}, invisible, en position ${match.index + 1} ne peut figurer dans aucun XML : ${gesture}.`,
    };
  });
}
