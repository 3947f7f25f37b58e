import type { Empreinte, Format, Piece } from '@teletransmission/teletransmission';
import type { ReponsePieceRow } from '../rows/correspondance.row';
import type { PieceRow } from '../rows/deliberation.row';

/** Une pièce, d'une délibération ou d'une réponse : les deux tables ont les mêmes colonnes. */
export function pieceOf({
  rang,
  typePiece,
  nomFichier,
  empreinte,
  tailleOctets,
  format,
}: PieceRow | ReponsePieceRow): Piece {
  return {
    rang,
    typePiece,
    nomFichier,
    empreinte: empreinte as Empreinte,
    tailleOctets: Number(tailleOctets),
    format: format as Format,
  };
}
