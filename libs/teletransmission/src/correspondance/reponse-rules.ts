import { parseIdentifiantActe } from '@teletransmission/actes';
import type { Violation } from '@teletransmission/kernel';
import type { Classification } from '../classification/classification';
import { DossierReader } from '../demande/dossier';
import type { StoredFile } from '../deliberation/deliberation';
import type { ReadPieces } from '../deliberation/piece-rules';
import { readCitedPieces } from '../deliberation/piece-rules';
import { ANNEXES_MAX } from '../deliberation/deposit-form';
import { nomsDe } from '../demande/forme';
import type { Correspondance, FluxReponse } from './correspondance';
import { allowedReponses } from './correspondance';
import { REPONSE } from './reponse-form';
import { REPONSE_LABELS } from './labels.fr';

/** Une réponse lue : ses fautes toutes ensemble, ses pièces, qui restent à ouvrir, et son flux s'il est permis. */
export interface ReadReponse extends ReadPieces {
  readonly violations: readonly Violation[];
  readonly flux: FluxReponse | null;
}

/** Seul l'envoi de pièces (3-4) porte plusieurs documents ; toute autre réponse en porte exactement un. */
const SEVERAL: readonly FluxReponse[] = ['3-4'];

/**
 * Tient une réponse aux règles de sa lettre : flux permis, nombre de documents, types de pièce permis à la nature de l'acte.
 * @returns toutes les fautes et leurs pointeurs, et ce qui a pu être lu.
 */
export function readReponse(
  dossier: unknown,
  lettre: Correspondance,
  fichiers: readonly StoredFile[],
  classification: Classification | null,
): ReadReponse {
  const reader = new DossierReader();
  const fields = reader.object(dossier, '', nomsDe(REPONSE));
  if (!fields) return { violations: reader.violations, pieces: [], isBudget: null, flux: null };
  const flux = readFlux(reader, fields.flux, lettre);
  const identifiant = parseIdentifiantActe(lettre.identifiantActe);
  const nature = identifiant.ok ? identifiant.value.nature : undefined;
  const documents = reader.list(fields.documents, '/documents', ANNEXES_MAX);
  const pieces = readCitedPieces(
    reader,
    documents.map((value, index) => ({ pointer: `/documents/${index}`, value, isMain: false })),
    { fichiers, nature, classification, reprises: null },
  );
  if (documents.length === 0)
    reader.note('/documents', 'reponse/no-document', 'Une réponse porte au moins un document.');
  if (flux && !SEVERAL.includes(flux) && documents.length > 1) {
    reader.note(
      '/documents',
      'reponse/too-many-documents',
      `« ${REPONSE_LABELS[flux]} » (${flux}) ne porte qu'un document.`,
    );
  }
  // La lettre ne dit pas la matière : un document budgétaire, scellé, se reconnaît à lui-même.
  return { violations: reader.violations, pieces, isBudget: nature === 'BF', flux: flux ?? null };
}

function readFlux(reader: DossierReader, value: unknown, lettre: Correspondance): FluxReponse | undefined {
  const allowed = allowedReponses(lettre.flux);
  const found = allowed.find((flux) => flux === value);
  if (!found) {
    const known = allowed.map((flux) => `${flux} (${REPONSE_LABELS[flux]})`).join(', ') || 'aucune';
    reader.note(
      '/flux',
      'reponse/flux-refused',
      `À cette lettre (${lettre.flux}), réponses possibles : ${known}.`,
    );
  }
  return found;
}
