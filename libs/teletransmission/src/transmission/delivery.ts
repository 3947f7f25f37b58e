import { FLUX } from '@teletransmission/actes';
import type { Instant } from '@teletransmission/kernel';
import type { Transmission } from './transmission';
import type { TransmissionEvent } from './transitions';

/** Vrai quand la préfecture répondra à ce message. Elle n'accuse jamais 2-2, 3-2 et 4-2. */
function expectsAnswer({ flux }: Transmission): boolean {
  return FLUX[flux].closPar.length > 0;
}

/** Ce qu'une remise réussie fait arriver : attendre l'accusé, ou rien de plus. */
export function deliveryEventOf(
  transmission: Transmission,
  whenExpected: TransmissionEvent,
): TransmissionEvent {
  return expectsAnswer(transmission) ? whenExpected : 'envoi-delivered';
}

/** L'échéance de l'accusé ; aucune quand il n'en viendra pas : on ne guette pas ce qui n'arrive jamais. */
export function ackDueAtOf(transmission: Transmission, dueAt: Instant): Instant | null {
  return expectsAnswer(transmission) ? dueAt : null;
}
