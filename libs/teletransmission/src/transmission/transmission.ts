import type { IdentifiantActe } from '@teletransmission/actes';
import type { CivilDate, Instant } from '@teletransmission/kernel';
import type { CollectiviteId, DeliberationId, EnveloppeId, TransmissionId } from '../ids';
import type { TransmissionState } from './transitions';

/** Pourquoi une transmission est arrêtée : le code, et la phrase pour l'opérateur. */
export interface StopReason {
  readonly code: string;
  readonly detail: string;
}

/** La vie d'un acte vers la préfecture. `version` croît d'un à chaque changement : elle garde des écritures croisées. */
export interface Transmission {
  readonly id: TransmissionId;
  readonly deliberationId: DeliberationId;
  readonly collectiviteId: CollectiviteId;
  readonly identifiantActe: IdentifiantActe;
  readonly state: TransmissionState;
  readonly since: Instant;
  readonly version: number;
  /** Un cycle par mise en file : une remise en file ouvre un cycle neuf, et son enveloppe un numéro neuf. */
  readonly cycle: number;
  /** Envois ouverts dans ce cycle. */
  readonly turn: number;
  readonly nextTurnAt: Instant | null;
  readonly ackDueAt: Instant | null;
  readonly isOverdue: boolean;
  readonly enveloppeId: EnveloppeId | null;
  readonly stopReason: StopReason | null;
  readonly teletransmiseLe: Instant | null;
  readonly dateReception: CivilDate | null;
}
