import type { CivilDate, Instant } from '@teletransmission/kernel';
import type { Evidence } from '../../audit/audit-entry';
import type { ActeReference } from '../../deliberation/reference';
import type { CollectiviteId, DeliberationId, RetourId } from '../../ids';
import type { OutboxMessage } from '../../travaux/outbox-message';
import type { Remarque } from '../../retour/remarque';
import type { RetourState } from '../../vies/retour-transitions';
import type { TransmissionState } from '../../vies/transmission-transitions';
import type { EnvoiOutcome } from '../../transmission/enveloppe';
import type { DeliberationView, PieceView } from '../../situation/deliberation-view';
import type { Page } from '../../pagination/page';

/** Une ligne d'historique : l'entrée d'audit, son rang dans la chaîne et son empreinte. */
export interface HistoryEntry {
  readonly chaine: string;
  readonly rang: number;
  readonly deliberationId: string | null;
  readonly sujet: string;
  readonly sujetId: string;
  readonly evenement: string;
  readonly etatAvant: string | null;
  readonly etatApres: string | null;
  readonly instant: Instant;
  readonly acteur: string;
  readonly acteurGenre: string;
  readonly acteurId: string | null;
  readonly acteurNom: string | null;
  readonly motif: string | null;
  readonly preuve: Evidence;
  /** Le JSON de la preuve tel qu'il est gardé : c'est lui, à l'octet près, qui entre dans l'empreinte. */
  readonly preuveTexte: string;
  readonly empreintePrecedente: string;
  readonly empreinte: string;
}

/** Bornes incluses. */
export interface Period {
  readonly du?: CivilDate;
  readonly au?: CivilDate;
}

/** Les critères de l'historique des accusés. Un critère absent ne filtre pas. */
export interface AcknowledgementCriteria {
  readonly collectiviteId?: CollectiviteId;
  readonly reference?: ActeReference;
  readonly siren?: string;
  readonly decision?: Period;
  readonly teletransmission?: Period;
  readonly reception?: Period;
  readonly publication?: Period;
  readonly nature?: string;
  readonly matiere?: string;
  readonly mots?: string;
  readonly etat?: TransmissionState;
  /** `true` : seulement celles dont l'accusé est en retard. */
  readonly enRetard?: boolean;
  /** `true` : seulement ce qui n'est pas encore publié. */
  readonly nonPubliee?: boolean;
  /** `true` : seulement ce que la préfecture a accusé. */
  readonly avecAccuse?: boolean;
}

/** Les actes dans un état. Chaque nombre est exact jusqu'à `COUNTED_AT_MOST`. */
export interface StateCount {
  readonly state: TransmissionState;
  readonly count: number;
  /** Depuis quand attend la plus ancienne ; `null` dans un état fini, où plus rien n'attend. */
  readonly oldestSince: Instant | null;
  readonly overdue: number;
  /** Depuis quand attend la plus ancienne de celles en retard. */
  readonly oldestOverdueSince: Instant | null;
  /** Acquittées mais pas encore publiées, et depuis quand attend la plus ancienne. */
  readonly unpublished: number;
  readonly oldestUnpublishedSince: Instant | null;
}

/** Les retours du bac dans un état, et l'arrivée du plus ancien. */
export interface TrayCount {
  readonly state: RetourState;
  readonly count: number;
  readonly oldestRecuLe: Instant;
}

export interface EnvoiView {
  /** Le message que cet envoi portait. */
  readonly transmissionId: string;
  readonly turn: number;
  readonly ouvertLe: Instant;
  readonly closLe: Instant | null;
  readonly outcome: EnvoiOutcome | null;
  readonly code: string | null;
  readonly detail: string | null;
  readonly nomArchive: string | null;
}

export interface RetourView {
  readonly id: string;
  /** Le message auquel il répond ; `null` : à aucun encore. */
  readonly transmissionId: string | null;
  readonly nom: string;
  readonly empreinte: string;
  readonly tailleOctets: number;
  readonly recuLe: Instant;
  readonly state: RetourState;
  readonly flux: string | null;
  readonly code: string | null;
  readonly detail: string | null;
  readonly remarques: readonly Remarque[];
  /** Une décision y est proposée, et attend une seconde personne. */
  readonly isDecisionPending: boolean;
}

/** Un travail demandé pour une délibération. Les demandes anciennes sont oubliées : l'historique, lui, les garde. */
export interface TravailView {
  readonly job: OutboxMessage['job'];
  readonly targetId: string;
  readonly turn: number;
  readonly demandeLe: Instant;
  readonly notBefore: Instant | null;
  /** Quand le relais l'a porté à sa file ; `null` : pas encore. */
  readonly porteLe: Instant | null;
}

/** Tout ce qui se lit sans rien changer. `collectiviteId` nul : toute la plateforme. */
export interface Readings {
  view(id: DeliberationId): Promise<DeliberationView | null>;
  pieces(id: DeliberationId): Promise<readonly PieceView[]>;
  envois(id: DeliberationId): Promise<readonly EnvoiView[]>;
  retours(id: DeliberationId): Promise<readonly RetourView[]>;
  /** Du plus récent dépôt au plus ancien. @param after curseur rendu par la page d'avant. */
  search(
    criteria: AcknowledgementCriteria,
    after: string | null,
    limit: number,
  ): Promise<Page<DeliberationView>>;
  counts(collectiviteId: CollectiviteId | null): Promise<readonly StateCount[]>;
  /** Retours qui attendent dans le bac, par état. */
  trayCounts(): Promise<readonly TrayCount[]>;
  /** Les retours qu'une personne doit regarder, du plus ancien au plus récent. */
  tray(after: string | null, limit: number): Promise<Page<RetourView>>;
  retour(id: RetourId): Promise<RetourView | null>;
  /** Les travaux demandés pour une délibération, sa transmission et ses retours, dans l'ordre des demandes. */
  travaux(id: DeliberationId): Promise<readonly TravailView[]>;
  /** La délibération dont traite un travail, d'après sa cible : elle-même, sa transmission ou un de ses retours. */
  deliberationOf(targetId: string): Promise<DeliberationId | null>;
  historyOf(id: DeliberationId, after: string | null, limit: number): Promise<Page<HistoryEntry>>;
  historyOfCollectivite(id: CollectiviteId, after: string | null, limit: number): Promise<Page<HistoryEntry>>;
}
