import type { IdentifiantActe } from '@teletransmission/actes';
import type { Instant } from '@teletransmission/kernel';
import type { CollectiviteId, CorrespondanceId, DeliberationId, TransmissionId } from '../ids';
import type { FluxTransmis, Transmission } from './transmission';
import { INITIAL_TRANSMISSION_STATE } from './transitions';

/** Ce qui distingue une transmission à sa naissance ; le reste y est toujours pareil. */
export interface NewTransmission {
  readonly id: TransmissionId;
  readonly deliberationId: DeliberationId | null;
  readonly collectiviteId: CollectiviteId;
  readonly identifiantActe: IdentifiantActe | null;
  readonly correspondanceId?: CorrespondanceId;
  readonly flux: FluxTransmis;
  readonly since: Instant;
}

/** Une transmission qui vient d'être mise en file. */
export function newTransmission(birth: NewTransmission): Transmission {
  return {
    correspondanceId: null,
    ...birth,
    state: INITIAL_TRANSMISSION_STATE,
    version: 1,
    cycle: 1,
    turn: 0,
    nextTurnAt: null,
    ackDueAt: null,
    isOverdue: false,
    enveloppeId: null,
    stopReason: null,
    classificationEnvoyee: null,
    teletransmiseLe: null,
    dateReception: null,
  };
}
