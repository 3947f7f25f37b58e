import { ANNEXES_MAX, PIECE_JOINTE } from '../deliberation/deposit-form';
import { FIELD_MAX_LENGTH, objet, requis } from '../demande/forme';
import { FLUX_REPONSES } from './correspondance';

/** Ce qu'une réponse à une lettre envoie. */
export const REPONSE = objet({
  flux: requis(
    { genre: 'texte', min: 1, max: FIELD_MAX_LENGTH, parmi: FLUX_REPONSES },
    '3-4 envoie des pièces, 3-3 les refuse, 4-4 répond, 4-3 rejette, 2-2 répond à un courrier simple',
  ),
  documents: requis(
    { genre: 'liste', min: 1, max: ANNEXES_MAX, de: PIECE_JOINTE },
    'Un document, ou plusieurs pour 3-4',
  ),
});
