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
