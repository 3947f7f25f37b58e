import type {
  Empreinte,
  Format,
  Piece,
  PieceSignature,
  RemarquePiece,
} from '@teletransmission/teletransmission';
import type { SignedPieceRow } from '../rows/signed-piece.row';

/** La signature d'une pièce, si elle en a une : la base tient ses colonnes toutes vides ou toutes pleines. */
export function signatureOf(row: SignedPieceRow): PieceSignature | null {
  if (row.signatureEmpreinte === null) return null;
  return {
    nomFichier: row.signatureNom ?? '',
    empreinte: row.signatureEmpreinte as Empreinte,
    tailleOctets: Number(row.signatureOctets),
    numeroSerie: row.signatureSerie ?? '',
    algorithme: row.signatureAlgorithme ?? '',
    isChaineVerifiee: row.signatureChaine ?? false,
  };
}

/** Une pièce, d'une délibération ou d'une réponse : les deux tables ont les mêmes colonnes. */
export function pieceOf(row: SignedPieceRow & { readonly rang: number }): Piece {
  const { rang, typePiece, nomFichier, empreinte, tailleOctets, format, remarques } = row;
  return {
    rang,
    typePiece,
    nomFichier,
    empreinte: empreinte as Empreinte,
    tailleOctets: Number(tailleOctets),
    format: format as Format,
    remarques: remarques as RemarquePiece[] | null,
    signature: signatureOf(row),
  };
}

/** Le type de chaque colonne d'une pièce, que PostgreSQL ne devine pas dans un `SELECT`. */
const PIECE_TYPES: Readonly<Record<string, string>> = {
  rang: 'int',
  type_piece: 'char(5)',
  empreinte: 'char(64)',
  taille_octets: 'bigint',
  remarques: 'text[]',
  signature_empreinte: 'char(64)',
  signature_octets: 'bigint',
  signature_chaine: 'boolean',
};

/** Les colonnes d'une pièce, chacune avec sa valeur et son type. */
export function pieceColumns(
  piece: Piece,
): readonly { readonly column: string; readonly value: unknown; readonly type: string }[] {
  const { signature } = piece;
  return Object.entries({
    rang: piece.rang,
    type_piece: piece.typePiece,
    nom_fichier: piece.nomFichier,
    empreinte: piece.empreinte,
    taille_octets: piece.tailleOctets,
    format: piece.format,
    remarques: piece.remarques,
    signature_nom: signature?.nomFichier ?? null,
    signature_empreinte: signature?.empreinte ?? null,
    signature_octets: signature?.tailleOctets ?? null,
    signature_serie: signature?.numeroSerie ?? null,
    signature_algorithme: signature?.algorithme ?? null,
    signature_chaine: signature?.isChaineVerifiee ?? null,
  }).map(([column, value]) => ({ column, value, type: PIECE_TYPES[column] ?? 'text' }));
}
