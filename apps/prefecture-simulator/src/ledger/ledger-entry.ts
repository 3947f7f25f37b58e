import type { CivilDate, Instant } from '@teletransmission/kernel';
import type { Anomalie } from '../dossier/anomalie';
import type { Emetteur } from '../dossier/dossier';
import type { Alteration } from '../scenarios/alteration';
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

/**
 * Le verdict d'un formulaire : un acte (1-1), ou tout autre message de collectivité.
 * `silence` : le ministère l'a reçu et n'en dira rien ; il ne compte pas comme transmis.
 */
export interface ActeJuge {
  readonly formulaire: string;
  /** Absent des registres d'avant les autres flux : c'était alors toujours `1-1`. */
  readonly flux?: string;
  /** Le courrier auquel il répond, s'il répond à un courrier. */
  readonly dateCourrierPref?: string;
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
  /** L'archive à laquelle il répond ; rien pour un courrier ou une classification que personne n'a demandés. */
  readonly archive: string | null;
  /** `1-2`, `6-2`…, ou `ANO` pour une anomalie d'enveloppe. */
  readonly flux: string;
  readonly identifiantActe: string | null;
  readonly creeLe: Instant;
  readonly disponibleLe: Instant;
  readonly compteurMessage: number | null;
  readonly enveloppe: { readonly service: string; readonly jour: CivilDate; readonly numero: number } | null;
  /** Ce qu'on lui a mis de travers. */
  readonly alterations?: readonly Alteration[];
}

/** Le jugement d'une archive et tous ses retours, en une seule ligne : ils existent ensemble ou pas du tout. */
export interface ArchiveJudged {
  readonly type: 'archive-judged';
  readonly nom: string;
  readonly le: Instant;
  /** Qui a envoyé l'archive, pour pouvoir lui écrire plus tard. Absent des registres plus anciens. */
  readonly emetteur?: Emetteur;
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

/** Un retour déjà relevé, que l'opérateur redemande : il est de nouveau à relever, les mêmes octets. */
export interface RetourRedelivered {
  readonly type: 'retour-redelivered';
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

/** Les courriers que la préfecture écrit au sujet d'un acte (protocole §8). */
export type FluxCourrier = '2-1' | '3-1' | '4-1' | '5-1';

/** Un courrier envoyé, et son retour : ils existent ensemble ou pas du tout. */
export interface CourrierSent {
  readonly type: 'courrier-sent';
  readonly le: Instant;
  readonly identifiantActe: string;
  readonly flux: FluxCourrier;
  /** La date que le courrier porte ; pour un déféré, celle du dépôt au tribunal. */
  readonly dateCourrierPref: CivilDate;
  readonly texte: string;
  readonly documents: readonly string[];
  /** L'acte était déjà annulé : aucun courrier n'aurait dû partir. */
  readonly surActeAnnule: boolean;
  readonly retour: RetourEmis;
}

/** Une classification envoyée sans qu'on l'ait demandée, et son retour. */
export interface ClassificationSent {
  readonly type: 'classification-sent';
  readonly le: Instant;
  readonly siren: string;
  readonly dateVersion: CivilDate;
  readonly retour: RetourEmis;
}

/** Une nouvelle version de la classification : dès cette ligne, l'ancienne est périmée. */
export interface ClassificationPublished {
  readonly type: 'classification-published';
  readonly le: Instant;
  readonly dateVersion: CivilDate;
}

/** L'horloge déplacée : l'écart, en millisecondes, entre l'heure jouée et l'heure vraie. Zéro y revient. */
export interface ClockShifted {
  readonly type: 'clock-shifted';
  readonly ecartMs: number;
}

/** Une ligne du registre. */
export type LedgerEntry =
  | ArchiveTaken
  | ArchivePresented
  | ArchiveTurnedAway
  | ArchiveJudged
  | RetourCollected
  | RetourRedelivered
  | CourrierSent
  | ClassificationSent
  | ClassificationPublished
  | ClockShifted
  | PilotageEntry;
