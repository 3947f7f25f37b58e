const DAMAGED = /\ufffd|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/**
 * Ce qui dit qu'un texte a déjà perdu un caractère : U+FFFD, que les logiciels mettent à la place de ce qu'ils n'ont pas su lire, ou une
 * moitié de caractère (demi-codet isolé), qu'aucun encodage ne peut porter.
 * @returns la première perte, en une phrase ; `undefined` pour un texte entier
 */
export function damageOf(texte: string): string | undefined {
  const match = DAMAGED.exec(texte);
  if (!match) return undefined;
  const what =
    match[0] === '\ufffd'
      ? 'le caractère de remplacement « \ufffd » (U+FFFD)'
      : `une moitié de caractère (U+${match[0].charCodeAt(0).toString(16).toUpperCase()})`;
  return `Ce texte porte ${what} en position ${match.index + 1} : un caractère s'est perdu avant d'arriver ici, souvent par un changement d'encodage. Redonnez le texte d'origine.`;
}
