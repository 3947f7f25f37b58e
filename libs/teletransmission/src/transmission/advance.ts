import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { problems } from '../problems';
import type { TransitionTable, TransmissionEvent, TransmissionState } from './transitions';
import { TRANSMISSION_EVENTS, TRANSMISSION_TRANSITIONS } from './transitions';

/** Les événements permis depuis cet état, dans l'ordre de la liste des événements. */
export function allowedTransmissionEvents(state: TransmissionState): readonly TransmissionEvent[] {
  const row: TransitionTable[TransmissionState] = TRANSMISSION_TRANSITIONS[state];
  return TRANSMISSION_EVENTS.filter((event) => row[event] !== undefined);
}

/**
 * L'état où cet événement mène.
 * @returns le refus `transmission/event-refused`, qui nomme l'état, l'événement et les événements permis.
 */
export function advanceTransmission(
  state: TransmissionState,
  event: TransmissionEvent,
): Result<TransmissionState> {
  const row: TransitionTable[TransmissionState] = TRANSMISSION_TRANSITIONS[state];
  const to = row[event];
  if (to === undefined) return refuse(problems.eventRefused(state, event, allowedTransmissionEvents(state)));
  return ok(to);
}
