import type { OutboxMessage } from '../ports/outbox-message';
import type { TransmissionPatch } from '../ports/transmissions';
import { turnAfter } from './state-change';
import type { Transmission } from './transmission';

/** Une remise en file : un cycle neuf. L'enveloppe aura un numéro neuf, l'ancienne garde le sien pour toujours. */
export function resubmission(transmission: Transmission): {
  readonly patch: TransmissionPatch;
  readonly outbox: readonly OutboxMessage[];
} {
  return {
    patch: {
      cycle: transmission.cycle + 1,
      turn: 0,
      enveloppeId: null,
      stopReason: null,
      nextTurnAt: null,
      ackDueAt: null,
      isOverdue: false,
      teletransmiseLe: null,
    },
    outbox: [
      { job: 'seal-enveloppe', targetId: transmission.id, turn: turnAfter(transmission), notBefore: null },
    ],
  };
}
