import type { Departement, Siren } from '@teletransmission/actes';
import type { Instant } from '@teletransmission/kernel';
import type { AuditEntry } from '../../audit/audit-entry';
import type { CollectiviteId, LiaisonId } from '../../ids';
import type { Guichet } from '../../liaison/guichet';
import type { Liaison } from '../../liaison/liaison';
import type { Circuit } from '../../prefecture/circuit';
import type { Prefecture } from '../../prefecture/prefecture';

/** Ce qu'il faut savoir de l'autre bout avant d'y envoyer l'acte d'une collectivité. */
export interface Destination {
  readonly liaison: Liaison;
  readonly siren: Siren;
  readonly prefecture: Prefecture;
  readonly circuit: Circuit;
}

/** Ce qu'il faut savoir d'une liaison pour sceller un acte. */
export type SealingRoute = Pick<Destination, 'liaison' | 'prefecture'>;

/** Un changement du disjoncteur ; `wakes` : les actes qui l'attendaient repartent dans la même transaction. */
export interface CircuitChange {
  readonly circuit: Circuit;
  readonly audit: AuditEntry | null;
  readonly wakes: boolean;
}

/** Ce que la page et l'API montrent d'une préfecture. */
export interface PrefectureView {
  readonly prefecture: Prefecture;
  readonly circuit: Circuit;
  /** Envois ouverts depuis une heure, et ce qu'ils pèsent. */
  readonly actesDepuisUneHeure: number;
  readonly octetsDepuisUneHeure: number;
  readonly dernierEnvoiPrisLe: Instant | null;
  readonly dernierAccuseLe: Instant | null;
  readonly attentes: readonly PrefectureWait[];
}

/** Les actes sous enveloppe qui attendent pour une même raison. */
export interface PrefectureWait {
  readonly code: string | null;
  readonly nombre: number;
  readonly depuis: Instant;
  readonly prochainLe: Instant | null;
  readonly detail: string | null;
}

export interface PrefectureRepository {
  /** Celle de ce guichet ; jamais réglée, elle est à ses valeurs par défaut. `null` : sa liaison n'existe pas. */
  find(guichet: Guichet): Promise<Prefecture | null>;
  /**
   * Où se scelle à cet instant l'acte d'une collectivité : la liaison où elle est reliée, et son guichet. `null` : elle ne l'est à aucune.
   * @throws Error quand la collectivité n'est pas inscrite.
   */
  routeOf(collectiviteId: CollectiviteId, at: Instant): Promise<SealingRoute | null>;
  /** L'autre bout d'un acte scellé pour cette liaison. @throws Error quand l'une ou l'autre n'est pas inscrite. */
  destinationOf(collectiviteId: CollectiviteId, liaisonId: LiaisonId): Promise<Destination>;
  /**
   * Enregistre un réglage avec son audit, et fait repartir dans la même transaction les actes qui attendent l'ancien.
   * `false` : quelqu'un d'autre l'a réglée depuis la lecture ; rien n'a été écrit.
   */
  save(prefecture: Prefecture, audit: AuditEntry): Promise<boolean>;
  /**
   * Change le disjoncteur sous verrou, d'après son état du moment. `change` rend `null` pour le laisser.
   * @returns le disjoncteur d'après, ou `null` s'il n'a pas changé.
   */
  changeCircuit(
    guichet: Guichet,
    at: Instant,
    change: (circuit: Circuit) => CircuitChange | null,
  ): Promise<Circuit | null>;
  /** Celles des collectivités inscrites et celles qu'on a réglées, dans l'ordre des départements. */
  views(now: Instant, departement?: Departement): Promise<readonly PrefectureView[]>;
}
