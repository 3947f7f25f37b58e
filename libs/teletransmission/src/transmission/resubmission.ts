import type { Instant } from '@teletransmission/kernel';
import type { OutboxMessage } from '../travaux/outbox-message';
import { turnNotBefore } from './not-before';
import { turnAfter } from './turn-after';
import type { Transmission } from './transmission';
import type { TransmissionPatch } from './change';

/**
 * Une remise en file : un cycle neuf. L'enveloppe aura un numéro neuf, l'ancienne garde le sien pour toujours ; la date demandée au dépôt
 * reste due.
 */
export function resubmission(
  transmission: Transmission,
  at: Instant,
): {
  readonly patch: TransmissionPatch;
  readonly outbox: readonly OutboxMessage[];
} {
  const nextTurnAt = turnNotBefore(transmission, null, at);
  return {
    patch: {
      cycle: transmission.cycle + 1,
      turn: 0,
      enveloppeId: null,
      liaisonId: null,
      stopReason: null,
      nextTurnAt,
      ackDueAt: null,
      isOverdue: false,
      teletransmiseLe: null,
    },
    outbox: [
      {
        job: 'seal-enveloppe',
        targetId: transmission.id,
        turn: turnAfter(transmission),
        notBefore: nextTurnAt,
      },
    ],
  };
}
