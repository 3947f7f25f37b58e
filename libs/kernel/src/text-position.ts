/** Une place dans un texte, comptée à partir de 1. */
export interface TextPosition {
  readonly ligne: number;
  readonly colonne: number;
}

/** La place d'un décalage dans un texte. Une fin de ligne est `\n`, `\r\n` ou `\r` seul. */
export function positionAt(texte: string, decalage: number): TextPosition {
  const before = texte.slice(0, Math.max(0, decalage));
  const lines = before.split(/\r\n|\r|\n/);
  return { ligne: lines.length, colonne: (lines.at(-1) ?? '').length + 1 };
}

/** Les places de décalages croissants, en une seule lecture du texte. */
export function positionsAt(texte: string, decalages: readonly number[]): readonly TextPosition[] {
  const breaks = /\r\n|\r|\n/g;
  let ligne = 1;
  let debut = 0;
  let next = breaks.exec(texte);
  return decalages.map((decalage) => {
    const at = Math.max(0, decalage);
    while (next && breaks.lastIndex <= at) {
      ligne += 1;
      debut = breaks.lastIndex;
      next = breaks.exec(texte);
    }
    return { ligne, colonne: at - debut + 1 };
  });
}
