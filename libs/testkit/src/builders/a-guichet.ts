import type { Departement } from '@teletransmission/actes';
import type { Guichet, LiaisonId } from '@teletransmission/teletransmission';
import { LIAISON_DIRECTE } from '@teletransmission/teletransmission';

/** Le guichet de ce département, à la liaison directe sauf mention. */
export function aGuichet(departement: string, liaisonId: LiaisonId = LIAISON_DIRECTE): Guichet {
  return { liaisonId, departement: departement as Departement };
}
