import { FLUX } from '@teletransmission/actes';
import type { Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import { isInDoubt } from '../transmission/restored';
import type { TransmissionHappening } from '../transmission/state-change';
import type { Transmission } from '../transmission/transmission';
import type { TransmissionEvent } from '../vies/transmission-transitions';

/** Vrai quand la préfecture répondra à ce message. Elle n'accuse jamais 2-2, 3-2 et 4-2. */
function expectsAnswer({ flux }: Transmission): boolean {
  return FLUX[flux].closPar.length > 0;
}

/** Comment on sait l'archive remise : sa réponse, ou une recherche en face. */
interface Delivery {
  readonly event: TransmissionEvent;
  readonly outcome: 'accepted' | 'found';
  readonly code: string;
  readonly reference: string | null;
  readonly teletransmiseLe: Instant | null;
}

/**
 * Quand l'accusé de cette archive est dû ; `null` : il n'en viendra pas. Retrouvée après une restauration, il a pu être relevé puis perdu
 * avec le reste : on ne l'attend pas un jour de plus, on le signale.
 */
function ackDueOf(transmission: Transmission, at: Instant, ackDeadlineMs: number): Instant | null {
  // On ne guette pas ce qui n'arrive jamais.
  if (!expectsAnswer(transmission)) return null;
  return isInDoubt(transmission) ? at : addMs(at, ackDeadlineMs);
}

/** Ce que fait arriver une archive remise : attendre son accusé jusqu'à l'échéance, ou rien de plus quand il n'en viendra pas. */
export function happeningOfDelivery(
  transmission: Transmission,
  facts: Omit<TransmissionHappening, 'event'>,
  { event: whenExpected, outcome, code, reference, teletransmiseLe }: Delivery,
  ackDeadlineMs: number,
): TransmissionHappening {
  const { at } = facts;
  const event = expectsAnswer(transmission) ? whenExpected : 'envoi-delivered';
  return {
    ...facts,
    event,
    patch: {
      teletransmiseLe,
      ackDueAt: ackDueOf(transmission, at, ackDeadlineMs),
      stopReason: null,
    },
    effects: [{ kind: 'close-envoi', outcome, code, detail: null, reference }],
  };
}
