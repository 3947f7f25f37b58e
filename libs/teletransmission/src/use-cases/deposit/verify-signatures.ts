import type { Instant, Problem, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Evidence } from '../../audit/audit-entry';
import type { SignatureVerifier } from '../../ports/pieces/signature-verifier';
import type { CitedPiece, Piece, PieceSignature } from '../../deliberation/deliberation';

/** La phrase d'un refus : toutes les fautes de la signature, la plus grave d'abord. */
function detailOf({ detail, violations = [] }: Problem): string {
  return violations.length === 0 ? detail : violations.map((violation) => violation.detail).join(' ');
}

/** Vérifie à cet instant la signature d'une pièce, si elle en a une. @returns un refus d'une seule violation, à sa place dans le dossier. */
export async function verifySignature(
  { signature, empreinte, pointer }: CitedPiece,
  verifier: SignatureVerifier,
  at: Instant,
): Promise<Result<PieceSignature | null>> {
  if (signature === null) return ok(null);
  const verified = await verifier.verify({ document: empreinte, signature: signature.empreinte }, at);
  if (!verified.ok) {
    const { code } = verified.problem;
    const detail = detailOf(verified.problem);
    return refuse({ code, detail, violations: [{ pointer: `${pointer}/signature`, code, detail }] });
  }
  const { numeroSerie, algorithme, isChaineVerifiee } = verified.value;
  return ok({ ...signature, numeroSerie, algorithme, isChaineVerifiee });
}

/** Ce que l'audit garde des pièces d'un dépôt : leurs empreintes, leurs remarques, et de chaque signature l'empreinte, la série et l'algorithme. */
export function evidenceOf(pieces: readonly Piece[]): Evidence {
  return Object.fromEntries(
    pieces.flatMap(({ rang, empreinte, remarques, signature }): [string, string][] => [
      [`empreintePiece${rang}`, empreinte],
      ...remarquesEvidence(rang, remarques),
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

/** Les remarques d'une pièce, telles qu'elles entrent dans l'audit : rien quand il n'y en a pas. */
export function remarquesEvidence(rang: number, remarques: Piece['remarques']): [string, string][] {
  return remarques === null || remarques.length === 0 ? [] : [[`remarquesPiece${rang}`, remarques.join(' ')]];
}
