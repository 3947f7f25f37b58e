/*
 * Un coup d'œil au balisage avant l'analyseur. Chaque morceau n'a qu'une lecture possible et n'est parcouru qu'une fois : une
 * expression qui pourrait en essayer plusieurs doublerait son temps à chaque espace ou commentaire ajouté en tête.
 */

const PROLOGUE = /[\t\n\r \ufeff]+|<\?[^]*?\?>|<!--[^]*?-->/y;

/** Vrai quand un DOCTYPE vient avant la racine, après des blancs, des instructions et des commentaires. */
export function startsWithDoctype(texte: string): boolean {
  let at = 0;
  do {
    PROLOGUE.lastIndex = at;
    const piece = PROLOGUE.exec(texte);
    if (!piece) return /^<!DOCTYPE/i.test(texte.slice(at, at + 9));
    at = PROLOGUE.lastIndex;
  } while (at < texte.length);
  return false;
}

/** Les morceaux dont le contenu peut porter des chevrons, et ce qui les ferme. */
const OPAQUES = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

/**
 * Où commence le premier morceau de plus de `maxChars` caractères. L'analyseur assemble un morceau caractère par caractère
 * quand il est fait pour cela (des tirets, des esperluettes, des retours) : sa mémoire vaut alors des dizaines de fois le
 * texte.
 */
export function findLongPiece(texte: string, maxChars: number): number | undefined {
  let start = 0;
  while (start < texte.length) {
    const [open, close] = OPAQUES.find(([opening]) => texte.startsWith(opening, start)) ?? ['<', ''];
    // Un chevron ouvrant ne peut pas être dans une valeur d'attribut : le prochain ouvre le morceau suivant.
    const found = texte.indexOf(close === '' ? '<' : close, start + open.length);
    const end = found < 0 ? texte.length : found + close.length;
    if (end - start > maxChars) return start;
    start = end;
  }
  return undefined;
}
