import type { Problem } from '@teletransmission/kernel';
import type { Evidence } from '../../audit/audit-entry';
import type { PieceInspector } from '../../ports/pieces/piece-inspector';
import type { Piece } from '../../deliberation/deliberation';
import { remarquesEvidence } from './verify-signatures';

/** Ce que l'ouverture des pièces anciennes a donné : de quoi l'écrire au journal, un refus, ou rien encore. */
export type OlderPieces =
  | { readonly kind: 'opened'; readonly evidence: Evidence }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'unavailable' };

/** Ouvre les pièces déposées avant qu'on ouvre les documents : aucun fichier ne part sans l'avoir été. Les autres l'ont été au dépôt. */
export async function openOlderPieces(
  pieces: readonly Piece[],
  inspector: PieceInspector,
): Promise<OlderPieces> {
  const evidence: [string, string][] = [];
  for (const piece of pieces.filter(({ remarques }) => remarques === null)) {
    const found = await inspector.inspect(piece);
    if (found.kind === 'unavailable') return found;
    if (found.kind === 'refused') {
      const { code, detail } = found;
      return { kind: 'refused', problem: { code, detail: `« ${piece.nomFichier} » ${detail}` } };
    }
    evidence.push(...remarquesEvidence(piece.rang, found.piece.remarques));
  }
  return { kind: 'opened', evidence: Object.fromEntries(evidence) };
}
