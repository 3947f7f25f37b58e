import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { problems } from '../problems';
import type { FluxTransmis } from './transmission';
import { eventsFrom, nextState } from '../vies/life';
import type { TransmissionEvent, TransmissionState } from '../vies/transmission-transitions';
import { TRANSMISSION_EVENTS, TRANSMISSION_TRANSITIONS } from '../vies/transmission-transitions';

/** Une demande de nomenclature n'engage à rien : elle seule se termine sans réponse. Un acte parti ne se retire pas. */
function isAdmittedTo(flux: FluxTransmis, event: TransmissionEvent): boolean {
  return event !== 'request-ended' || flux === '7-1';
}

/** Les événements permis depuis cet état à un message de ce flux, dans l'ordre de la liste des événements. */
export function allowedTransmissionEvents(
  state: TransmissionState,
  flux: FluxTransmis = '1-1',
): readonly TransmissionEvent[] {
  return eventsFrom<TransmissionState, TransmissionEvent>(
    TRANSMISSION_TRANSITIONS,
    state,
    TRANSMISSION_EVENTS,
  ).filter((event) => isAdmittedTo(flux, event));
}

/**
 * L'état où cet événement mène.
 * @returns le refus `transmission/event-refused`, qui nomme l'état, l'événement et les événements permis.
 */
export function advanceTransmission(
  state: TransmissionState,
  event: TransmissionEvent,
  flux: FluxTransmis = '1-1',
): Result<TransmissionState> {
  const to = nextState<TransmissionState, TransmissionEvent>(TRANSMISSION_TRANSITIONS, state, event);
  if (to === undefined || !isAdmittedTo(flux, event))
    return refuse(problems.eventRefused(state, event, allowedTransmissionEvents(state, flux)));
  return ok(to);
}
