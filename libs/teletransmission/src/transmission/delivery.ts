import { FLUX } from '@teletransmission/actes';
import type { Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import { followReponse } from '../correspondance/follow-transmission';
import type { TransmissionHappening } from './state-change';
import type { Transmission } from './transmission';
import type { TransmissionEvent } from './transitions';

/** Vrai quand la préfecture répondra à ce message. Elle n'accuse jamais 2-2, 3-2 et 4-2. */
function expectsAnswer({ flux }: Transmission): boolean {
  return FLUX[flux].closPar.length > 0;
}

/** Comment on sait l'archive remise : sa réponse, ou une recherche en face. */
interface Delivery {
  readonly event: TransmissionEvent;
  readonly outcome: 'accepted' | 'found';
  readonly code: string;
  readonly teletransmiseLe: Instant | null;
}

/** Ce que fait arriver une archive remise : attendre son accusé jusqu'à l'échéance, ou rien de plus quand il n'en viendra pas. */
export function happeningOfDelivery(
  transmission: Transmission,
  facts: Omit<TransmissionHappening, 'event'>,
  { event: whenExpected, outcome, code, teletransmiseLe }: Delivery,
  ackDeadlineMs: number,
): TransmissionHappening {
  const { at, actor } = facts;
  const isExpected = expectsAnswer(transmission);
  const event = isExpected ? whenExpected : 'envoi-delivered';
  return {
    ...facts,
    event,
    patch: {
      teletransmiseLe,
      // On ne guette pas ce qui n'arrive jamais.
      ackDueAt: isExpected ? addMs(at, ackDeadlineMs) : null,
      stopReason: null,
    },
    effects: [
      { kind: 'close-envoi', outcome, code, detail: null },
      ...followReponse(transmission, event, at, actor),
    ],
  };
}
