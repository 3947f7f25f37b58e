/** Un caractère qu'aucun message ne peut porter, et ce qu'il faut écrire à la place. */
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
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffd-\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Trouve ce que XML 1.0 ne peut pas porter (caractères de contrôle autres que tabulation et fins de ligne, moitiés d'emoji, U+FFFE et
 * U+FFFF), et U+FFFD, qu'un logiciel a mis à la place d'un caractère qu'il n'a pas su lire : le texte n'est déjà plus celui de la décision.
 * Les œ, €, ’, – et emoji ne sont pas en cause : ils partent en références de caractères.
 * @returns chaque occurrence, dans l'ordre ; vide quand le texte convient.
 * @example checkTexteXml('Budget\u0007 2026')
 */
export function checkTexteXml(texte: string): readonly CaractereInterdit[] {
  return [...texte.matchAll(FORBIDDEN)].map((match) => {
    const [found] = match;
    const caractere = `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
    const proposition = /[\u000b\u000c]/.test(found) ? ' ' : '';
    return { position: match.index, caractere, proposition, detail: detailOf(found, caractere, match.index) };
  });
}

function detailOf(found: string, caractere: string, position: number): string {
  const place = `en position ${position + 1}`;
  if (/[\ud800-\udfff\ufffd]/.test(found)) {
    const what = found === '\ufffd' ? `Le caractère de remplacement` : `La moitié de caractère`;
    return `${what} ${caractere}, ${place}, dit qu'un caractère s'est perdu avant d'arriver ici : redonnez le texte d'origine.`;
  }
  const gesture = /[\u000b\u000c]/.test(found) ? 'remplacez-le par une espace' : 'supprimez-le';
  return `Le caractère ${caractere}, invisible, ${place} ne peut figurer dans aucun XML : ${gesture}.`;
}
