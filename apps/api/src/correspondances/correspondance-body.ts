import type { Correspondance } from '@teletransmission/teletransmission';
import {
  allowedReponses,
  CORRESPONDANCE_STATE_LABELS,
  LETTRE_LABELS,
  REPONSE_LABELS,
} from '@teletransmission/teletransmission';
import type { CorrespondanceBody } from './correspondance.schema';

/** Une lettre dans les mots de l'API. Les réponses ne sont permises que tant qu'elle en attend une. */
export function correspondanceBodyOf(lettre: Correspondance): CorrespondanceBody {
  const reponses = lettre.state === 'received' ? allowedReponses(lettre.flux) : [];
  return {
    id: lettre.id,
    deliberation: lettre.deliberationId,
    identifiantActe: lettre.identifiantActe,
    flux: lettre.flux,
    libelle: LETTRE_LABELS[lettre.flux],
    dateCourrier: lettre.dateCourrier,
    texte: lettre.texte,
    recueLe: lettre.recueLe,
    echeance: lettre.echeance,
    etat: lettre.state,
    etatLibelle: CORRESPONDANCE_STATE_LABELS[lettre.state].mot,
    reponsesPermises: reponses.map((flux) => ({ flux, libelle: REPONSE_LABELS[flux] })),
    documents: lettre.documents.map((document) => ({ ...document })),
  };
}
