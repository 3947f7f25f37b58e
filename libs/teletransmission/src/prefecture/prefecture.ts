import type { Instant, LocalTime, TimeZone } from '@teletransmission/kernel';
import type { Guichet } from '../liaison/guichet';
import { fuseauOf } from './fuseaux';

/** Les jours de la semaine, dans l'ordre ; leur rang commence à 1. */
export const JOURS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'] as const;
export type Jour = (typeof JOURS)[number];

/** Des heures où l'on peut envoyer, locales à la préfecture : de `de` inclus à `a` exclu, le même jour. */
export interface Fenetre {
  readonly jours: readonly Jour[];
  readonly de: LocalTime;
  readonly a: LocalTime;
}

/** Un arrêt annoncé de la préfecture : de `du` inclus à `au` exclu. */
export interface Interruption {
  readonly du: Instant;
  readonly au: Instant;
  readonly motif: string;
}

/** Une personne a suspendu les envois vers cette seule préfecture. */
export interface Pause {
  readonly depuis: Instant;
  readonly motif: string;
}

/** L'autre bout d'une liaison, réglé par guichet : la même préfecture jointe autrement a ses propres réglages. `null` : sans limite ; aucune fenêtre : à toute heure. */
export interface Prefecture extends Guichet {
  readonly fuseau: TimeZone;
  readonly actesParHeure: number | null;
  readonly octetsParHeure: number | null;
  readonly fenetres: readonly Fenetre[];
  readonly interruptions: readonly Interruption[];
  readonly pause: Pause | null;
  /** Croît d'un à chaque réglage ; 0 : jamais réglée. */
  readonly version: number;
}

/** Une préfecture que personne n'a réglée : à toute heure, sans limite. */
export function newPrefecture({ liaisonId, departement }: Guichet): Prefecture {
  return {
    liaisonId,
    departement,
    fuseau: fuseauOf(departement),
    actesParHeure: null,
    octetsParHeure: null,
    fenetres: [],
    interruptions: [],
    pause: null,
    version: 0,
  };
}

/** Vrai quand un budget horaire, en actes ou en octets, est à tenir. */
export function hasBudget({ actesParHeure, octetsParHeure }: Prefecture): boolean {
  return actesParHeure !== null || octetsParHeure !== null;
}
