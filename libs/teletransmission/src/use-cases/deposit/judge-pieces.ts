import type { Instant, Violation } from '@teletransmission/kernel';
import type { PieceInspector } from '../../ports/pieces/piece-inspector';
import type { SignatureVerifier } from '../../ports/pieces/signature-verifier';
import type { CitedPiece, Format, Piece } from '../../deliberation/deliberation';
import { verifySignature } from './verify-signatures';

/** De quoi juger des pièces. */
export interface PieceJudges {
  readonly inspector: PieceInspector;
  readonly signatures: SignatureVerifier;
}

/** Des pièces ouvertes, leurs signatures vérifiées, et tout ce qui ne va pas. */
export interface JudgedPieces {
  readonly pieces: readonly Piece[];
  readonly violations: readonly Violation[];
  /** Ce qu'on n'a pas pu ouvrir : ce n'est pas une faute, mais rien ne s'enregistre sans cela. */
  readonly unopened: readonly Violation[];
}

/**
 * Ouvre chaque pièce, la tient aux formats de sa place (§2.7 : le PDF, l'image en annexe, le XML du seul document budgétaire), et vérifie sa
 * signature. Toutes les fautes se disent ensemble. Après une pièce qu'on n'a pas pu ouvrir les suivantes ne s'ouvrent pas : la réponse
 * sera de recommencer, et un dossier ne doit pas occuper deux fois le temps d'une pièce qui n'en finit pas.
 * @param isBudget l'acte admet un XML ; `null` quand sa nature ou sa matière, fautives, ne le disent pas
 */
export async function judgePieces(
  cited: readonly CitedPiece[],
  { inspector, signatures }: PieceJudges,
  isBudget: boolean | null,
  at: Instant,
): Promise<JudgedPieces> {
  const pieces: Piece[] = [];
  const violations: Violation[] = [];
  const unopened: Violation[] = [];
  for (const piece of cited) {
    const signature = await verifySignature(piece, signatures, at);
    if (!signature.ok) violations.push(...(signature.problem.violations ?? []));
    if (unopened.length > 0) continue;
    const pointer = `${piece.pointer}/${piece.champ}`;
    const found = await inspector.inspect(piece);
    if (found.kind === 'unavailable') {
      unopened.push({ pointer, code: 'piece/unopened', detail: sentence(piece, found.detail) });
      continue;
    }
    const fault = found.kind === 'refused' ? found : misplaced(found.piece.format, piece.isMain, isBudget);
    if (fault) violations.push({ pointer, code: fault.code, detail: sentence(piece, fault.detail) });
    if (fault || !signature.ok || found.kind === 'refused') continue;
    const { rang, typePiece, nomFichier, empreinte, tailleOctets } = piece;
    pieces.push({
      rang,
      typePiece,
      nomFichier,
      empreinte,
      tailleOctets,
      ...found.piece,
      signature: signature.value,
    });
  }
  return { pieces, violations, unopened };
}

/** Ce qui ne va pas d'un format à cette place ; le détail est la suite d'une phrase qui commence par le nom du fichier. */
export function misplaced(
  format: Format,
  isMain: boolean,
  isBudget: boolean | null,
): { readonly code: string; readonly detail: string } | null {
  if (format === 'pdf' || isBudget === null || (format === 'xml' && isBudget)) return null;
  if (isMain)
    return {
      code: 'piece/main-not-pdf',
      detail: `est en ${format} : le document principal doit être un PDF (ou le XML scellé d'un document budgétaire, nature BF et matière 7.1).`,
    };
  if (format !== 'xml') return null;
  return {
    code: 'piece/xml-not-admitted',
    detail:
      'est un document budgétaire en XML : seul un acte de nature BF et de matière 7.1 en porte. Joignez un PDF.',
  };
}

function sentence({ nomFichier }: CitedPiece, detail: string): string {
  return `« ${nomFichier} » ${detail}`;
}
