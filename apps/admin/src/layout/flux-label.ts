import { FLUX, isFlux } from '@teletransmission/actes';

/** Ce qui revient de la préfecture sans être un message métier. */
const OTHERS: Readonly<Record<string, string>> = {
  'anomalie-enveloppe': 'Anomalie d’enveloppe',
  multicanal: 'Courriel d’information : le papier est attendu',
};

/** Le nom d'un message de la préfecture, avec son numéro de flux : « Accusé de réception (1-2) ». */
export function fluxLabel(flux: string | null): string {
  if (flux === null) return 'Non lu';
  if (isFlux(flux)) return `${FLUX[flux].libelle} (${flux})`;
  return OTHERS[flux] ?? flux;
}
