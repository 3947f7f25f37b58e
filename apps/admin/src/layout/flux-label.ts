import { FLUX, isFlux } from '@teletransmission/actes';

/** Le nom d'un message de la préfecture, avec son numéro de flux : « Accusé de réception (1-2) ». */
export function fluxLabel(flux: string | null): string {
  if (flux === null) return 'Non lu';
  if (isFlux(flux)) return `${FLUX[flux].libelle} (${flux})`;
  return flux === 'anomalie-enveloppe' ? 'Anomalie d’enveloppe' : flux;
}
