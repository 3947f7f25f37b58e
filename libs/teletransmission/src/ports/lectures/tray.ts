import type { CollectiviteId, RetourId, TransmissionId } from '../../ids';
import type { RetourState } from '../../vies/retour-transitions';
import type { RetourView } from './readings';
import type { Page } from '../../pagination/page';

/** Un retour tel qu'une personne le traite. `collectiviteId` nul : rien n'a dit de qui il parle, seule la plateforme le voit. */
export interface TrayRetour extends RetourView {
  readonly collectiviteId: CollectiviteId | null;
  readonly transmissionId: TransmissionId | null;
}

export interface TrayCriteria {
  readonly etat?: RetourState;
  /** `null` : toute la plateforme. */
  readonly collectiviteId: CollectiviteId | null;
}

/** Les retours, à lire et à reprendre. */
export interface TrayReadings {
  find(id: RetourId): Promise<TrayRetour | null>;
  /** Du plus ancien au plus récent. @param after curseur rendu par la page d'avant. */
  list(criteria: TrayCriteria, after: string | null, limit: number): Promise<Page<TrayRetour>>;
}
