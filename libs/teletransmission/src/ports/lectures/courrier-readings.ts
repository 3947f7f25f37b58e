import type { CivilDate } from '@teletransmission/kernel';
import type { CorrespondanceState } from '../../vies/correspondance-transitions';
import type { CollectiviteId, CorrespondanceId, DeliberationId } from '../../ids';
import type { HistoryEntry } from './readings';
import type { CourrierView, ReponseView } from '../../situation/courrier-view';
import type { Page } from '../../pagination/page';

/** L'archive dans laquelle une lettre est arrivée. */
export interface CourrierSource {
  readonly nom: string;
  readonly empreinte: string;
  readonly tailleOctets: number;
}

/** Les critères de la liste des lettres. Un critère absent ne filtre pas. */
export interface CourrierCriteria {
  readonly collectiviteId?: CollectiviteId;
  readonly siren?: string;
  readonly etat?: CorrespondanceState;
}

/** Les lettres qui attendent une réponse, et la plus proche de leurs échéances. */
export interface CourrierCount {
  readonly count: number;
  readonly echeance: CivilDate | null;
}

/** Les lettres, telles qu'on les lit sans rien y changer. `collectiviteId` nul : toute la plateforme. */
export interface CourrierReadings {
  /** De la plus pressante à la moins pressante : à traiter, en route, à transmettre, répondues ; par échéance, puis les plus récentes. */
  list(criteria: CourrierCriteria, after: string | null, limit: number): Promise<Page<CourrierView>>;
  courrier(id: CorrespondanceId): Promise<CourrierView | null>;
  /** Celles d'un acte, dans l'ordre de leur arrivée. */
  ofDeliberation(id: DeliberationId): Promise<readonly CourrierView[]>;
  /** Ce que nous y avons rendu, dans l'ordre des envois. */
  reponses(id: CorrespondanceId): Promise<readonly ReponseView[]>;
  source(id: CorrespondanceId): Promise<CourrierSource | null>;
  /** Le journal d'audit de la lettre et de ses réponses. */
  history(id: CorrespondanceId): Promise<readonly HistoryEntry[]>;
  /** Celles qui attendent une réponse. */
  waiting(collectiviteId: CollectiviteId | null): Promise<CourrierCount>;
}
