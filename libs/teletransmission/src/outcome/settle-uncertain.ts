import type { Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import type { Actor, Evidence } from '../audit/audit-entry';
import { problems } from '../problems';
import { happeningOfDelivery } from './delivery';
import { ABSENT_UNDER_THIS_NAME, departureOf } from '../transmission/restored';
import type { RetryPolicy } from '../transmission/retry-policy';
import { turnNotBefore } from '../transmission/not-before';
import { nextTurnAt } from '../transmission/retry-policy';
import type { TransmissionHappening } from '../transmission/state-change';
import { turnAfter } from '../transmission/turn-after';
import type { StopReason, Transmission } from '../transmission/transmission';

/** Ce qui a été établi, par qui, sur quelles pièces. */
export interface Finding {
  readonly at: Instant;
  readonly actor: Actor;
  readonly reason: string;
  readonly evidence: Evidence;
  /** Sous quelle référence l'autre bout la connaît, s'il le dit. */
  readonly reference?: string | null;
}

export interface SettleTimings {
  readonly ackDeadlineMs: number;
  readonly retry: RetryPolicy;
}

/**
 * Ce que fait arriver à un envoi incertain, ou dont l'accusé n'est jamais venu, l'archive retrouvée (`present`) ou absente (`absent`) en face. Absente, elle repart à
 * l'identique après le même délai croissant qu'un envoi remis, et dans la même limite de tours : une liaison qui perd tout n'envoie pas
 * sans fin.
 */
export function happeningOfFinding(
  transmission: Transmission,
  found: 'present' | 'absent',
  finding: Finding,
  timings: SettleTimings,
): TransmissionHappening {
  if (found === 'absent') return absent(transmission, finding, timings);
  if (transmission.state === 'awaiting-ack') return stillAwaited(transmission, finding, timings);
  return happeningOfDelivery(
    transmission,
    finding,
    {
      event: 'found-at-prefecture',
      outcome: 'found',
      code: 'prefecture/found',
      reference: finding.reference ?? null,
      teletransmiseLe: departureOf(transmission, transmission.since),
    },
    timings.ackDeadlineMs,
  );
}

/**
 * Absente sous ce nom, après une restauration : elle a pu partir sous un autre, donné après la sauvegarde. Rien ne repart seul ; une
 * personne demande à la préfecture si elle a l'acte, par son identifiant.
 */
export function happeningOfDoubt(transmission: Transmission, finding: Finding): TransmissionHappening {
  return abandoned(transmission, finding, ABSENT_UNDER_THIS_NAME);
}

/** La préfecture l'a, dit-elle, sans l'avoir accusée : on l'attend de nouveau. */
function stillAwaited(
  { teletransmiseLe }: Transmission,
  finding: Finding,
  { ackDeadlineMs }: SettleTimings,
): TransmissionHappening {
  const ackDueAt = addMs(finding.at, ackDeadlineMs);
  return { ...finding, event: 'found-at-prefecture', patch: { teletransmiseLe, ackDueAt, isOverdue: false } };
}

/** Ce que l'absence défait : l'envoi en cours se clôt ; celui d'un acte qu'on croyait pris se dédit, avec ses dates. */
function undone({ state }: Transmission): Required<Pick<TransmissionHappening, 'patch' | 'effects'>> {
  const code = 'prefecture/absent';
  return state === 'awaiting-ack'
    ? {
        patch: { teletransmiseLe: null, ackDueAt: null, isOverdue: false },
        effects: [{ kind: 'disprove-envoi', code, detail: null }],
      }
    : { patch: {}, effects: [{ kind: 'close-envoi', outcome: 'absent', code, detail: null }] };
}

function absent(
  transmission: Transmission,
  finding: Finding,
  { retry }: SettleTimings,
): TransmissionHappening {
  const { at } = finding;
  const retryAt = nextTurnAt(retry, transmission.turn, at, transmission.id);
  if (retryAt === null) return abandoned(transmission, finding, problems.turnsExhausted(transmission.turn));
  const next = turnNotBefore(transmission, retryAt, at);
  const { patch, effects } = undone(transmission);
  return {
    ...finding,
    event: 'proven-absent',
    patch: { ...patch, nextTurnAt: next, stopReason: null },
    effects,
    outbox: [
      {
        job: 'submit-enveloppe',
        targetId: transmission.id,
        turn: turnAfter(transmission),
        notBefore: next,
      },
    ],
  };
}

function abandoned(
  transmission: Transmission,
  finding: Finding,
  { code, detail }: StopReason,
): TransmissionHappening {
  const { patch, effects } = undone(transmission);
  return {
    ...finding,
    event: 'envoi-abandoned',
    reason: detail,
    patch: { ...patch, nextTurnAt: null, stopReason: { code, detail } },
    effects,
  };
}
