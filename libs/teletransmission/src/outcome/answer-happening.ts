import type { Instant } from '@teletransmission/kernel';
import { addMs, assertNever } from '@teletransmission/kernel';
import { problems } from '../problems';
import { happeningOfDelivery } from './delivery';
import type { RetryPolicy } from '../transmission/retry-policy';
import { turnNotBefore } from '../transmission/not-before';
import { nextTurnAt } from '../transmission/retry-policy';
import type { TransmissionHappening } from '../transmission/state-change';
import { turnAfter } from '../transmission/turn-after';
import type { Transmission } from '../transmission/transmission';
import type { SealedArchive } from '../transmission/enveloppe';
import type { SubmitAnswer } from './submit-answer';

/** Les délais dont l'enregistrement d'une réponse a besoin, en millisecondes. */
export interface AnswerTimings {
  /** Au-delà, un accusé attendu est en retard. */
  readonly ackDeadlineMs: number;
  /** Ce qu'on laisse passer avant de demander si l'archive est arrivée : un envoi peut encore être en route. */
  readonly settleMs: number;
  readonly retry: RetryPolicy;
}

const SERVICE = { kind: 'service' } as const;

type Facts = Pick<TransmissionHappening, 'at' | 'actor'> & {
  readonly evidence: NonNullable<TransmissionHappening['evidence']>;
};

/**
 * Ce que la réponse de la liaison à un envoi fait arriver à la transmission. Une réponse perdue rend incertain, jamais « à renvoyer » ;
 * un envoi que la préfecture n'a prouvablement pas pris repart plus tard, tant qu'il reste des tours.
 */
export function happeningOfAnswer(
  transmission: Transmission,
  archive: SealedArchive,
  answer: SubmitAnswer,
  at: Instant,
  timings: AnswerTimings,
): TransmissionHappening {
  const reference = answer.kind === 'accepted' ? (answer.reference ?? null) : null;
  const evidence = {
    tour: transmission.turn,
    archive: archive.nom,
    code: answer.code,
    ...(reference === null ? {} : { reference }),
  };
  const facts: Facts = { at, actor: SERVICE, evidence };
  switch (answer.kind) {
    case 'accepted':
      return happeningOfDelivery(
        transmission,
        facts,
        {
          event: 'envoi-accepted',
          outcome: 'accepted',
          code: answer.code,
          reference: answer.reference ?? null,
          teletransmiseLe: at,
        },
        timings.ackDeadlineMs,
      );
    case 'deferred':
      return deferred(transmission, answer, facts, timings);
    case 'refused':
      return refused(transmission, 'refused', answer, facts);
    case 'lost':
      return lost(transmission, answer, facts, timings);
    default:
      return assertNever(answer);
  }
}

interface Reason {
  readonly code: string;
  readonly detail: string;
}

function deferred(
  transmission: Transmission,
  { code, detail }: Reason,
  facts: Facts,
  { retry }: AnswerTimings,
): TransmissionHappening {
  const retryAt = nextTurnAt(retry, transmission.turn, facts.at, transmission.id);
  if (retryAt === null)
    return refused(transmission, 'deferred', problems.turnsExhausted(transmission.turn), facts);
  const next = turnNotBefore(transmission, retryAt, facts.at);
  return {
    ...facts,
    event: 'envoi-deferred',
    reason: detail,
    patch: { nextTurnAt: next, stopReason: { code, detail } },
    effects: [{ kind: 'close-envoi', outcome: 'deferred', code, detail }],
    outbox: [
      { job: 'submit-enveloppe', targetId: transmission.id, turn: turnAfter(transmission), notBefore: next },
    ],
  };
}

function refused(
  transmission: Transmission,
  outcome: 'refused' | 'deferred',
  { code, detail }: Reason,
  facts: Facts,
): TransmissionHappening {
  return {
    ...facts,
    event: 'envoi-refused',
    reason: detail,
    patch: { stopReason: { code, detail } },
    effects: [{ kind: 'close-envoi', outcome, code, detail }],
  };
}

function lost(
  transmission: Transmission,
  { code, detail }: Reason,
  facts: Facts,
  { settleMs }: AnswerTimings,
): TransmissionHappening {
  return {
    ...facts,
    event: 'envoi-lost',
    reason: detail,
    patch: { stopReason: { code, detail } },
    outbox: [
      {
        job: 'reconcile-envoi',
        targetId: transmission.id,
        turn: turnAfter(transmission),
        notBefore: addMs(facts.at, settleMs),
      },
    ],
  };
}
