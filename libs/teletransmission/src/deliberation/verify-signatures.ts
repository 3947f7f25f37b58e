import type { Instant, Problem, Violation } from '@teletransmission/kernel';
import type { Evidence } from '../audit/audit-entry';
import type { SignatureVerifier } from '../ports/signature-verifier';
import type { CitedPiece, Piece } from './deliberation';

/** Des pièces dont les signatures ont été lues, et ce qui ne va pas. */
export interface VerifiedPieces {
  readonly pieces: readonly Piece[];
  readonly violations: readonly Violation[];
}

/** La phrase d'un refus : toutes les fautes de la signature, la plus grave d'abord. */
function detailOf({ detail, violations = [] }: Problem): string {
  return violations.length === 0 ? detail : violations.map((violation) => violation.detail).join(' ');
}

/**
 * Vérifie la signature de chaque pièce qui en a une, à cet instant. Une pièce mal signée n'est pas une pièce.
 * @param pointerOf la place d'une pièce dans le dossier, d'après son rang
 */
export async function verifySignatures(
  cited: readonly CitedPiece[],
  pointerOf: (rang: number) => string,
  verifier: SignatureVerifier,
  at: Instant,
): Promise<VerifiedPieces> {
  const pieces: Piece[] = [];
  const violations: Violation[] = [];
  for (const { signature, ...piece } of cited) {
    if (signature === null) {
      pieces.push({ ...piece, signature });
      continue;
    }
    const { nomFichier, empreinte, tailleOctets } = signature;
    const verified = await verifier.verify({ document: piece.empreinte, signature: empreinte }, at);
    if (!verified.ok) {
      const { code } = verified.problem;
      violations.push({
        pointer: `${pointerOf(piece.rang)}/signature`,
        code,
        detail: detailOf(verified.problem),
      });
      continue;
    }
    const { numeroSerie, algorithme, isChaineVerifiee } = verified.value;
    pieces.push({
      ...piece,
      signature: { nomFichier, empreinte, tailleOctets, numeroSerie, algorithme, isChaineVerifiee },
    });
  }
  return { pieces, violations };
}

/** Ce que l'audit garde des pièces d'un dépôt : leurs empreintes, et de chaque signature l'empreinte, la série et l'algorithme. */
export function evidenceOf(pieces: readonly Piece[]): Evidence {
  return Object.fromEntries(
    pieces.flatMap(({ rang, empreinte, signature }): [string, string][] => [
      [`empreintePiece${rang}`, empreinte],
      ...(signature === null
        ? []
        : ([
            [`empreinteSignature${rang}`, signature.empreinte],
            [`serieSignature${rang}`, signature.numeroSerie],
            [`algorithmeSignature${rang}`, signature.algorithme],
          ] as [string, string][])),
    ]),
  );
}
