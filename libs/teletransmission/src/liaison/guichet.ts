import type { Departement } from '@teletransmission/actes';
import type { LiaisonId } from '../ids';
import { LIAISON_DIRECTE } from './liaison';

/**
 * Un département vu par une liaison : c'est à ce guichet que se comptent le budget de l'heure, les fenêtres, le disjoncteur et les places.
 * La même préfecture, jointe par deux opérateurs, a deux guichets : l'un coupé n'arrête pas l'autre.
 */
export interface Guichet {
  readonly liaisonId: LiaisonId;
  readonly departement: Departement;
}

/** Le nom d'un guichet, le même partout où il faut une clé. @example `directe/034` */
export function guichetKey({ liaisonId, departement }: Guichet): string {
  return `${liaisonId}/${departement}`;
}

/** Ce qu'on en dit aux gens et au journal : la liaison directe ne se nomme pas, ses lignes se lisent comme avant qu'il y en ait d'autres. */
export function guichetLabel(guichet: Guichet): string {
  return guichet.liaisonId === LIAISON_DIRECTE ? guichet.departement : guichetKey(guichet);
}
