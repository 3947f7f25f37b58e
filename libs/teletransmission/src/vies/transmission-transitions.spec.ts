import { advanceTransmission, allowedTransmissionEvents } from '../transmission/advance';
import { TRANSMISSION_EVENT_LABELS, TRANSMISSION_STATE_LABELS } from '../transmission/labels.fr';
import type { TransitionTable, TransmissionEvent, TransmissionState } from './transmission-transitions';
import {
  FINAL_TRANSMISSION_STATES,
  INITIAL_TRANSMISSION_STATE,
  TRANSMISSION_EVENTS,
  TRANSMISSION_STATES,
  TRANSMISSION_TRANSITIONS,
} from './transmission-transitions';

/** La table, redite ici en toutes lettres : la changer demande de le vouloir deux fois. */
const ALLOWED: readonly (readonly [TransmissionState, TransmissionEvent, TransmissionState])[] = [
  ['queued', 'enveloppe-sealed', 'sealed'],
  ['queued', 'content-refused', 'held'],
  ['queued', 'ar-received', 'acknowledged'],
  ['sealed', 'ar-received', 'acknowledged'],
  ['rejected', 'ar-received', 'acknowledged'],
  ['held', 'ar-received', 'acknowledged'],
  ['acknowledged', 'ar-annulation-received', 'cancelled'],
  ['queued', 'put-on-hold', 'held'],
  ['queued', 'withdrawn', 'withdrawn'],
  ['sealed', 'departure-postponed', 'sealed'],
  ['sealed', 'envoi-opened', 'sending'],
  ['sealed', 'put-on-hold', 'held'],
  ['sealed', 'withdrawn', 'withdrawn'],
  ['sending', 'envoi-accepted', 'awaiting-ack'],
  ['sending', 'envoi-delivered', 'delivered'],
  ['sending', 'envoi-deferred', 'sealed'],
  ['sending', 'envoi-refused', 'held'],
  ['sending', 'envoi-lost', 'uncertain'],
  ['sending', 'ar-received', 'acknowledged'],
  ['sending', 'anomalie-received', 'rejected'],
  ['uncertain', 'found-at-prefecture', 'awaiting-ack'],
  ['uncertain', 'envoi-delivered', 'delivered'],
  ['delivered', 'anomalie-received', 'rejected'],
  ['uncertain', 'proven-absent', 'sealed'],
  ['uncertain', 'envoi-abandoned', 'held'],
  ['uncertain', 'ar-received', 'acknowledged'],
  ['uncertain', 'anomalie-received', 'rejected'],
  ['awaiting-ack', 'ar-received', 'acknowledged'],
  ['awaiting-ack', 'anomalie-received', 'rejected'],
  ['awaiting-ack', 'ack-deadline-passed', 'awaiting-ack'],
  ['awaiting-ack', 'found-at-prefecture', 'awaiting-ack'],
  ['awaiting-ack', 'proven-absent', 'sealed'],
  ['awaiting-ack', 'envoi-abandoned', 'held'],
  ['acknowledged', 'annulation-requested', 'cancelling'],
  ['rejected', 'resubmitted', 'queued'],
  ['rejected', 'withdrawn', 'withdrawn'],
  ['rejected', 'superseded', 'withdrawn'],
  ['held', 'resubmitted', 'queued'],
  ['held', 'withdrawn', 'withdrawn'],
  ['held', 'superseded', 'withdrawn'],
  ['cancelling', 'ar-annulation-received', 'cancelled'],
  ['cancelling', 'annulation-refused', 'acknowledged'],
];

const allowedTo = (state: TransmissionState, event: TransmissionEvent): TransmissionState | undefined =>
  ALLOWED.find(([from, on]) => from === state && on === event)?.[2];

const PAIRS = TRANSMISSION_STATES.flatMap((state) =>
  TRANSMISSION_EVENTS.map((event) => [state, event] as const),
);

describe('la table des transitions', () => {
  it.each(PAIRS.filter(([state, event]) => allowedTo(state, event)))('%s admet %s', (state, event) => {
    expect(advanceTransmission(state, event)).toEqual({ ok: true, value: allowedTo(state, event) });
  });

  it.each(PAIRS.filter(([state, event]) => !allowedTo(state, event)))(
    '%s refuse %s, et dit ce qu’il admet',
    (state, event) => {
      expect(advanceTransmission(state, event)).toMatchObject({
        ok: false,
        problem: {
          code: 'transmission/event-refused',
          facts: { state, event, allowedEvents: allowedTransmissionEvents(state) },
        },
      });
    },
  );

  it.each(TRANSMISSION_STATES)('%s : seule une demande de nomenclature se termine sans réponse', (state) => {
    const isOpen = state === 'awaiting-ack' || state === 'uncertain';
    expect(advanceTransmission(state, 'request-ended', '7-1').ok).toBe(isOpen);
    for (const flux of ['1-1', '3-4', '6-1'] as const)
      expect(advanceTransmission(state, 'request-ended', flux).ok).toBe(false);
  });

  it('mène de l’état initial à tous les autres', () => {
    const reached = new Set<TransmissionState>([INITIAL_TRANSMISSION_STATE]);
    for (const state of reached) {
      const row: TransitionTable[TransmissionState] = TRANSMISSION_TRANSITIONS[state];
      for (const to of Object.values(row)) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...TRANSMISSION_STATES].sort());
  });

  it('n’a de sans-issue que les états finals déclarés', () => {
    const dead = TRANSMISSION_STATES.filter((state) => allowedTransmissionEvents(state).length === 0);
    expect(dead).toEqual(FINAL_TRANSMISSION_STATES);
  });

  it('ne laisse jamais un envoi incertain repartir sans preuve d’absence', () => {
    const outOfUncertain = allowedTransmissionEvents('uncertain');
    expect(outOfUncertain).toEqual([
      'envoi-delivered',
      'envoi-abandoned',
      'found-at-prefecture',
      'proven-absent',
      'ar-received',
      'anomalie-received',
    ]);
  });

  it('donne à chaque état un mot et un signe qui ne sont qu’à lui', () => {
    const labels = TRANSMISSION_STATES.map((state) => TRANSMISSION_STATE_LABELS[state]);
    expect(new Set(labels.map(({ mot }) => mot)).size).toBe(TRANSMISSION_STATES.length);
    expect(new Set(labels.map(({ signe }) => signe)).size).toBe(TRANSMISSION_STATES.length);
    expect(Object.keys(TRANSMISSION_EVENT_LABELS).sort()).toEqual(
      ['deposited', ...TRANSMISSION_EVENTS].sort(),
    );
  });
});
