import { parseIdentifiantActe } from '@teletransmission/actes';
import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Classification } from '../classification/classification';
import { DossierReader } from '../deliberation/dossier';
import type { Piece, StoredFile } from '../deliberation/deliberation';
import { readCitedPieces } from '../deliberation/piece-rules';
import { problems } from '../problems';
import type { Correspondance, FluxReponse } from './correspondance';
import { allowedReponses } from './correspondance';
import { REPONSE_LABELS } from './labels.fr';

/** Une réponse dont toutes les règles sont tenues. */
export interface AcceptedReponse {
  readonly flux: FluxReponse;
  readonly pieces: readonly Piece[];
}

/** Seul l'envoi de pièces (3-4) porte plusieurs documents ; toute autre réponse en porte exactement un. */
const SEVERAL: readonly FluxReponse[] = ['3-4'];

/**
 * Tient une réponse aux règles de sa lettre : flux permis, nombre de documents, types de pièce permis à la nature de l'acte.
 * @returns le refus `correspondance/invalid-answer` avec toutes les fautes et leurs pointeurs.
 */
export function checkReponse(
  dossier: unknown,
  lettre: Correspondance,
  fichiers: readonly StoredFile[],
  classification: Classification | null,
): Result<AcceptedReponse> {
  const reader = new DossierReader();
  const fields = reader.object(dossier, '', ['flux', 'documents']);
  if (!fields) return refuse(problems.invalidAnswer(reader.violations));
  const flux = readFlux(reader, fields.flux, lettre);
  const nature = parseIdentifiantActe(lettre.identifiantActe);
  const documents = reader.list(fields.documents, '/documents');
  const pieces = readCitedPieces(
    reader,
    documents.map((value, index) => ({ pointer: `/documents/${index}`, value, isMain: false })),
    { fichiers, nature: nature.ok ? nature.value.nature : undefined, classification },
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
  if (reader.violations.length > 0 || !flux) return refuse(problems.invalidAnswer(reader.violations));
  return ok({ flux, pieces });
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
