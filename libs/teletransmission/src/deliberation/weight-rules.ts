import { ARCHIVE_MAX_BYTES, packedSizeMax } from '@teletransmission/actes';
import type { DossierReader } from '../demande/dossier';

/** Un message se lit jusqu'à 8 Mio : ses signatures, en base64, en laissent la moitié au reste. */
export const SIGNATURES_MAX_BYTES = 3 * 1024 * 1024;

/** Ce que prennent au plus l'enveloppe et le message, à part leurs pièces : objet, noms, adresses de retour. */
const XML_MAX_BYTES = 16 * 1024;
/** Ce que chaque pièce y ajoute : son nom, ses balises, l'armure de sa signature. */
const XML_PER_PIECE_BYTES = 1024;
/** Une signature voyage en base64, en lignes de soixante-quatre caractères. */
const BASE64_GROWTH = 1.4;

/** Ce que pèse une pièce, et sa signature si elle en a une. */
export interface PieceWeight {
  readonly tailleOctets: number;
  readonly signatureOctets: number;
}

/**
 * Les signatures voyagent dans le message : ensemble, elles ne doivent pas le rendre illisible. Les pièces voyagent dans l'archive, dont
 * la taille se compte ici plutôt que de retenir un acte accepté : au plus près, et par excès.
 */
export function checkWeight(reader: DossierReader, pieces: readonly PieceWeight[]): void {
  const signatures = pieces.reduce((sum, { signatureOctets }) => sum + signatureOctets, 0);
  if (signatures > SIGNATURES_MAX_BYTES) {
    reader.note(
      '',
      'piece/signatures-too-large',
      `Les signatures pèsent ${signatures} octets ensemble ; un message n'en porte pas plus de ${SIGNATURES_MAX_BYTES}. Joignez des signatures sans preuves de révocation.`,
    );
  }
  const packed = archiveSizeMax(pieces);
  if (packed <= ARCHIVE_MAX_BYTES) return;
  reader.note(
    '',
    'piece/too-large',
    `Mises sous enveloppe, ces pièces pèseraient ${packed} octets ; la préfecture n'en admet pas plus de ${ARCHIVE_MAX_BYTES} (150 Mio). Allégez-les de ${packed - ARCHIVE_MAX_BYTES} octets au moins.`,
  );
}

/** Ce que pèsera au plus l'archive de ces pièces, enveloppe et message compris. */
export function archiveSizeMax(pieces: readonly PieceWeight[]): number {
  const signatures = pieces.reduce((sum, { signatureOctets }) => sum + signatureOctets, 0);
  const xmlBytes =
    XML_MAX_BYTES + pieces.length * XML_PER_PIECE_BYTES + Math.ceil(signatures * BASE64_GROWTH);
  return packedSizeMax([
    { tailleOctets: xmlBytes, compresser: true },
    ...pieces.map(({ tailleOctets }) => ({ tailleOctets, compresser: false })),
  ]);
}
