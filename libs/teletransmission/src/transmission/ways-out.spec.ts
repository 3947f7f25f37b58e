import { FLUX } from '@teletransmission/actes';
import type { FluxReponse } from '../correspondance/correspondance';
import { FLUX_REPONSES } from '../correspondance/correspondance';
import type { CorrespondanceState } from '../vies/correspondance-transitions';
import { CORRESPONDANCE_TRANSITIONS, FINAL_CORRESPONDANCE_STATES } from '../vies/correspondance-transitions';
import { aTransmission } from '@teletransmission/testkit';
import type { CorrespondanceId } from '../ids';
import { advanceTransmission, allowedTransmissionEvents } from './advance';
import { changeState } from './state-change';
import type { FluxTransmis } from './transmission';
import type { TransmissionEvent, TransmissionState } from '../vies/transmission-transitions';
import { FINAL_TRANSMISSION_STATES, INITIAL_TRANSMISSION_STATE } from '../vies/transmission-transitions';

/** Les messages que nous transmettons. */
const FLUXS = Object.keys(FLUX).filter((flux): flux is FluxTransmis =>
  ['1-1', '6-1', '7-1', '3-2', '4-2', ...FLUX_REPONSES].includes(flux),
);
const LETTRE = '0194f3a0-0000-7000-8000-0000000000aa' as CorrespondanceId;

/** Ce qui fait arriver chaque événement : une personne par une adresse, l'horloge ou le service seuls, le monde s'il veut bien. */
const PERSON: readonly TransmissionEvent[] = [
  'put-on-hold',
  'resubmitted',
  'withdrawn',
  'superseded',
  'request-ended',
  'annulation-requested',
  'annulation-refused',
  'found-at-prefecture',
  'proven-absent',
];
const OURSELVES: readonly TransmissionEvent[] = [
  'enveloppe-sealed',
  'content-refused',
  'departure-postponed',
  'envoi-opened',
  'envoi-lost',
  'ack-deadline-passed',
];
/** Ce qui clôt de soi-même, sans que rien n'en soit attendu : un message que la préfecture n'accuse jamais. */
const RESTING: readonly TransmissionState[] = [...FINAL_TRANSMISSION_STATES, 'acknowledged', 'delivered'];

/** Les événements qu'un message de ce flux peut vraiment connaître. */
function eventsOf(flux: FluxTransmis, state: TransmissionState): readonly TransmissionEvent[] {
  const expectsAnswer = FLUX[flux].closPar.length > 0;
  const never: readonly TransmissionEvent[] = [
    ...(expectsAnswer ? ['envoi-delivered' as const] : ['envoi-accepted' as const, 'ar-received' as const]),
    ...(flux === '1-1'
      ? []
      : (['annulation-requested', 'ar-annulation-received', 'annulation-refused', 'superseded'] as const)),
  ];
  return allowedTransmissionEvents(state, flux).filter((event) => !never.includes(event));
}

function reachable(flux: FluxTransmis): ReadonlySet<TransmissionState> {
  const seen = new Set<TransmissionState>([INITIAL_TRANSMISSION_STATE]);
  for (const state of seen) {
    for (const event of eventsOf(flux, state)) {
      const to = advanceTransmission(state, event, flux);
      if (to.ok) seen.add(to.value);
    }
  }
  return seen;
}

/** Une lettre et sa réponse, telles qu'elles peuvent être ensemble. */
interface Pair {
  readonly reponse: TransmissionState;
  readonly lettre: CorrespondanceState;
}

function lettreAfter(flux: FluxReponse, { reponse, lettre }: Pair, event: TransmissionEvent): Pair | null {
  const transmission = aTransmission({ flux, state: reponse, correspondanceId: LETTRE });
  const change = changeState(transmission, {
    event,
    at: transmission.since,
    actor: { kind: 'service' },
  });
  if (!change.ok) return null;
  const moves = change.value.effects.filter((effect) => effect.kind === 'move-correspondance');
  const move = moves.find(({ from }) => from === lettre);
  if (!move && moves.some(({ isRequired }) => isRequired)) return null;
  return { reponse: change.value.to, lettre: move?.to ?? lettre };
}

let triples = 0;

describe('de tout état de tout message', () => {
  it.each(FLUXS)(
    '%s : personne ne reste sans issue, quoi que le monde réponde, ou ne réponde jamais',
    (flux) => {
      for (const state of reachable(flux)) {
        const events = eventsOf(flux, state);
        triples += events.length;
        if (RESTING.includes(state)) continue;
        const ways = events.filter((event) => PERSON.includes(event) || OURSELVES.includes(event));
        expect({ flux, state, ways: ways.length > 0 }).toEqual({ flux, state, ways: true });
        // Nos propres pas mènent ailleurs : en tournant sur place, ils n'ouvrent rien.
        const leads = ways.some((event) => {
          const to = advanceTransmission(state, event, flux);
          return to.ok && (to.value !== state || PERSON.includes(event));
        });
        expect({ flux, state, leads }).toEqual({ flux, state, leads: true });
      }
    },
  );

  it.each(FLUX_REPONSES)('%s : une lettre en réponse a une réponse vivante, ou attend quelqu’un', (flux) => {
    const start: Pair = { reponse: 'queued', lettre: 'answering' };
    const seen = new Map<string, Pair>([[JSON.stringify(start), start]]);
    for (const pair of seen.values()) {
      for (const event of eventsOf(flux, pair.reponse)) {
        const next = lettreAfter(flux, pair, event);
        triples += 1;
        if (next) seen.set(JSON.stringify(next), next);
      }
    }
    const stuck = [...seen.values()].filter(
      ({ reponse, lettre }) =>
        lettre === 'answering' &&
        ['held', 'rejected', 'withdrawn', 'delivered', 'acknowledged'].includes(reponse),
    );
    expect(stuck).toEqual([]);
    const wrong = [...seen.values()].filter(
      ({ reponse, lettre }) => lettre === 'answered' && !['delivered', 'acknowledged'].includes(reponse),
    );
    expect(wrong).toEqual([]);
  });

  it('de tout état d’une lettre, quelqu’un peut agir, ou tout est fait', () => {
    for (const [state, events] of Object.entries(CORRESPONDANCE_TRANSITIONS)) {
      const isDone = FINAL_CORRESPONDANCE_STATES.some((final) => final === state);
      expect({ state, canMove: isDone || Object.keys(events).length > 0 }).toEqual({ state, canMove: true });
    }
  });

  afterAll(() => {
    expect(triples).toBeGreaterThan(400);
    process.stdout.write(`issues : ${triples} triplets (flux, état, événement) parcourus\n`);
  });
});
