import type { Instant } from '@teletransmission/kernel';

/** Les travaux à rendez-vous dont l'absence est une alerte. */
export const TRAVAUX_REGULIERS = ['collect-retours', 'sweep-deadlines', 'raise-alertes'] as const;
export type TravailRegulier = (typeof TRAVAUX_REGULIERS)[number];

/** La dernière réussite et le dernier échec d'un travail à rendez-vous. */
export interface PoulsTravail {
  readonly travail: TravailRegulier;
  /** Depuis quand on le suit : ce qui n'a jamais réussi se compte de là. */
  readonly suiviDepuis: Instant;
  readonly reussiLe: Instant | null;
  readonly echoueLe: Instant | null;
  /** Le code du dernier échec. */
  readonly code: string | null;
}

/** Un processus travailleur, tel qu'il s'est montré pour la dernière fois. */
export interface Travailleur {
  readonly id: string;
  readonly depuis: Instant;
  readonly vuLe: Instant;
  readonly version: string;
}

/** Ce qu'un processus a vu des horloges, la sienne et celle de la base, la dernière fois qu'il a regardé. */
export interface Horloge {
  /** Le processus et sa machine : `api@serveur`. */
  readonly processus: string;
  /** Quand il a regardé, à l'heure de la base. */
  readonly vueLe: Instant;
  /** Ce dont son horloge devance celle de la base, en millisecondes ; négatif : elle retarde. */
  readonly ecartMs: number;
  /** Le dernier recul qu'il a constaté, de l'une ou de l'autre, à l'heure de la base. */
  readonly recul: { readonly le: Instant; readonly ms: number } | null;
}

/** Le pouls du service, en base : Redis peut tout oublier, et c'est alors qu'on en a besoin. */
export interface Pouls {
  succeeded(travail: TravailRegulier, at: Instant): Promise<void>;
  failed(travail: TravailRegulier, at: Instant, code: string): Promise<void>;
  travaux(): Promise<readonly PoulsTravail[]>;
  seen(travailleur: Travailleur): Promise<void>;
  gone(id: string): Promise<void>;
  /** Ceux vus depuis cette heure, du plus récemment vu au plus anciennement. */
  travailleurs(since: Instant): Promise<readonly Travailleur[]>;
  /** Quand un travailleur s'est montré pour la dernière fois ; `null` : jamais. */
  lastSeen(): Promise<Instant | null>;
  /** L'heure de la base, et la plus tardive qu'un processus y ait lue : elle ne devrait jamais la dépasser. */
  baseClock(): Promise<{ readonly now: Instant; readonly latest: Instant | null }>;
  /** Inscrit ce qu'un processus a vu ; un recul reste inscrit jusqu'au suivant. */
  clockSeen(horloge: Horloge): Promise<void>;
  /** Ce que les processus en marche ont vu : ceux qui ne regardent plus depuis dix minutes n'en sont plus. */
  horloges(): Promise<readonly Horloge[]>;
}
