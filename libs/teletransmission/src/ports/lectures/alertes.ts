import type { Instant } from '@teletransmission/kernel';
import type { Alerte, AlerteGenre } from '../../alerte/alerte';
import type { AlerteWatch, SilenceBounds } from '../../alerte/seuils';
import type { CollectiviteId, DeliberationId } from '../../ids';
import type { AlerteView } from '../../alerte/alerte-view';
import type { EnvoisNonPris } from '../../alerte/envois-non-pris';
import type { Page } from '../../pagination/page';

/** Un silence trop long, sans alerte ouverte encore. `rang` et `sujetId` disent où reprendre la lecture. */
export interface Silence {
  readonly sujetId: string;
  readonly collectiviteId: CollectiviteId | null;
  readonly deliberationId: DeliberationId | null;
  readonly depuis: Instant;
  readonly rang: Instant;
}

/** Ce qu'une préfecture ne prend pas depuis cet instant ou plus longtemps, par département. `collectiviteId` nul : toutes. */
export type FindEnvoisNonPris = (
  collectiviteId: CollectiviteId | null,
  before: Instant,
) => Promise<readonly EnvoisNonPris[]>;

export interface AlerteRepository {
  readonly envoisNonPris: FindEnvoisNonPris;
  /** Les silences qu'aucune alerte ouverte ne dit, du plus ancien au plus récent, après celui-ci. */
  findSilences(
    watch: AlerteWatch,
    bounds: SilenceBounds,
    after: Pick<Silence, 'rang' | 'sujetId'> | null,
    limit: number,
  ): Promise<readonly Silence[]>;
  /** Depuis quand échoue le plus ancien des retours annoncés qui ne se relèvent pas ; `null` quand tous se relèvent. */
  oldestReleveEnEchec(): Promise<Instant | null>;
  /** Ouvre celles qui ne le sont pas déjà, avec l'audit de celles qui touchent un acte. @returns combien l'ont été. */
  open(alertes: readonly Alerte[]): Promise<number>;
  /** Ferme les alertes de cette surveillance dont la cause n'est plus, avec leur audit. @returns combien l'ont été. */
  closeRelieved(watch: AlerteWatch, bounds: SilenceBounds, at: Instant, limit: number): Promise<number>;
  /**
   * Les alertes ouvertes de ce genre deviennent exactement celles-ci : les neuves s'ouvrent, les connues prennent le détail du moment, les
   * autres se ferment.
   */
  settle(genre: AlerteGenre, alertes: readonly Alerte[], at: Instant): Promise<AlerteChanges>;
  /** Ferme l'alerte de ce genre ouverte sur ce sujet, s'il y en a une. */
  close(genre: AlerteGenre, sujetId: string, at: Instant): Promise<number>;
  /** Ferme les alertes de ce genre ouvertes sur tout autre sujet que ceux-là. @returns combien l'ont été. */
  closeOthers(genre: AlerteGenre, sujetIds: readonly string[], at: Instant): Promise<number>;
}

/** Combien d'alertes une mise à jour a ouvertes, et fermées. */
export interface AlerteChanges {
  readonly opened: number;
  readonly closed: number;
}

/** Les alertes ouvertes d'un genre, et depuis quand dure la plus ancienne. */
export interface AlerteCount {
  readonly genre: AlerteGenre;
  readonly count: number;
  readonly depuis: Instant;
}

/** Les alertes ouvertes. `collectiviteId` nul : toute la plateforme, alertes du service comprises. */
export interface AlerteReadings {
  readonly envoisNonPris: FindEnvoisNonPris;
  /** De la plus grave à la moins grave, puis de la plus ancienne à la plus récente. */
  openAlertes(
    collectiviteId: CollectiviteId | null,
    after: string | null,
    limit: number,
  ): Promise<Page<AlerteView>>;
  openCounts(collectiviteId: CollectiviteId | null): Promise<readonly AlerteCount[]>;
}
