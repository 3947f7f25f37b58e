import type { FluxLettre, FluxReponse } from './correspondance';
import type { CorrespondanceEvent, CorrespondanceState } from '../vies/correspondance-transitions';

export const CORRESPONDANCE_STATE_LABELS: Readonly<
  Record<CorrespondanceState, { readonly mot: string; readonly signe: string }>
> = {
  received: { mot: 'À traiter', signe: '!' },
  answering: { mot: 'Réponse en route', signe: '➤' },
  answered: { mot: 'Répondue', signe: '✓' },
  filed: { mot: 'Classée sans suite', signe: '▪' },
  noted: { mot: 'À transmettre au juridique', signe: '§' },
  taken: { mot: 'Pris en charge', signe: '⚖' },
};

export const CORRESPONDANCE_EVENT_LABELS: Readonly<
  Record<CorrespondanceEvent | 'courrier-received' | 'defere-received', string>
> = {
  'courrier-received': 'Courrier de la préfecture',
  'defere-received': 'Déféré au tribunal administratif',
  'defere-taken': 'Déféré pris en charge',
  'answer-deposited': 'Réponse déposée',
  'answer-delivered': 'Réponse remise',
  'answer-acknowledged': 'Réponse acquittée',
  'answer-failed': 'Réponse refusée',
  'answer-held': 'Réponse retenue',
  'answer-withdrawn': 'Réponse retirée',
  'answer-resumed': 'Réponse remise en file',
  'closed-without-answer': 'Classée sans suite',
};

export const LETTRE_LABELS: Readonly<Record<FluxLettre, string>> = {
  '2-1': 'Courrier simple',
  '3-1': 'Demande de pièces complémentaires',
  '4-1': 'Lettre d’observations',
  '5-1': 'Déféré au tribunal administratif',
};

export const REPONSE_LABELS: Readonly<Record<FluxReponse, string>> = {
  '2-2': 'Répondre',
  '3-3': 'Refuser les pièces',
  '3-4': 'Envoyer les pièces',
  '4-3': 'Rejeter les observations',
  '4-4': 'Répondre aux observations',
};
