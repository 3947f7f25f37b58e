import type { CivilDate, Instant } from '@teletransmission/kernel';
import type { Anomalie } from '../judgement/anomalie';
import type { Consigne, ConsignesArchive, Defaut, Scenario } from '../scenarios/scenario';

/** Une archive prise : ses octets sont sur le disque avant que cette ligne y soit. */
export interface ArchiveTaken {
  readonly type: 'archive-taken';
  readonly nom: string;
  /** SHA-256 des octets reçus, en hexadécimal. */
  readonly empreinte: string;
  readonly tailleOctets: number;
  readonly recueLe: Instant;
  readonly consignes: ConsignesArchive;
  /** Réponse HTTP donnée ; 0 quand la connexion a été coupée. */
  readonly reponse: number;
}

/** La même archive, représentée avec les mêmes octets. */
export interface ArchivePresented {
  readonly type: 'archive-presented';
  readonly nom: string;
  readonly le: Instant;
  readonly reponse: number;
}

/** Une archive qui n'a pas été prise : panne jouée (`503`, coupure), ou nom déjà pris par d'autres octets (`409`). */
export interface ArchiveTurnedAway {
  readonly type: 'archive-turned-away';
  readonly nom: string;
  readonly empreinte: string | null;
  readonly le: Instant;
  readonly reponse: number;
  readonly motif: 'erreur-avant' | 'coupure-avant' | 'nom-deja-pris';
  readonly cle: string | null;
}

/** Le verdict d'un acte. `silence` : le ministère l'a reçu et n'en dira rien ; il ne compte pas comme transmis. */
export interface ActeJuge {
  readonly formulaire: string;
  readonly identifiantActe: string | null;
  readonly numeroInterne: string;
  readonly scenario: Scenario;
  readonly verdict: 'accepte' | 'anomalie' | 'silence';
  readonly anomalie: Anomalie | null;
}

/** Un retour écrit sur le disque, et les compteurs qu'il a consommés. */
export interface RetourEmis {
  readonly id: string;
  readonly nom: string;
  readonly contenu: 'application/gzip' | 'application/xml';
  readonly tailleOctets: number;
  readonly empreinte: string;
  readonly archive: string;
  /** `1-2`, `1-3`, ou `ANO` pour une anomalie d'enveloppe. */
  readonly flux: string;
  readonly identifiantActe: string | null;
  readonly creeLe: Instant;
  readonly disponibleLe: Instant;
  readonly compteurMessage: number | null;
  readonly enveloppe: { readonly service: string; readonly jour: CivilDate; readonly numero: number } | null;
}

/** Le jugement d'une archive et tous ses retours, en une seule ligne : ils existent ensemble ou pas du tout. */
export interface ArchiveJudged {
  readonly type: 'archive-judged';
  readonly nom: string;
  readonly le: Instant;
  readonly anomalieEnveloppe: Anomalie | null;
  readonly actes: readonly ActeJuge[];
  readonly retours: readonly RetourEmis[];
}

/** Un retour relevé par l'opérateur de transmission. */
export interface RetourCollected {
  readonly type: 'retour-collected';
  readonly id: string;
  readonly le: Instant;
}

/** Une collectivité connue de la préfecture ; ce qui n'est pas précisé n'est pas vérifié. */
export interface Collectivite {
  readonly siren: string;
  readonly departement?: string | undefined;
  readonly arrondissement?: string | undefined;
  readonly nature?: string | undefined;
}

/** `ouverte` : tout SIREN est connu ; `stricte` : seulement ceux qui sont enregistrés. */
export type ModeCollectivites = 'ouverte' | 'stricte';

/** Un ordre du pilotage. */
export type PilotageEntry =
  | { readonly type: 'scenario-set'; readonly cle: string; readonly consigne: Consigne }
  | { readonly type: 'scenario-removed'; readonly cle: string }
  | { readonly type: 'defaut-set'; readonly defaut: Defaut }
  | { readonly type: 'collectivite-registered'; readonly collectivite: Collectivite }
  | { readonly type: 'mode-set'; readonly mode: ModeCollectivites };

/** Une ligne du registre. */
export type LedgerEntry =
  ArchiveTaken | ArchivePresented | ArchiveTurnedAway | ArchiveJudged | RetourCollected | PilotageEntry;
