import type { Instant, Result } from '@teletransmission/kernel';
import { ok } from '@teletransmission/kernel';
import type { Actor, Evidence } from '../audit/audit-entry';
import type { OutboxMessage } from '../travaux/outbox-message';
import { followReponse } from './follow-lettre';
import { advanceTransmission } from './advance';
import { followActe } from './follow-acte';
import type { Transmission } from './transmission';
import type { TransmissionEvent } from '../vies/transmission-transitions';
import type { Effect, StateChange, TransmissionPatch } from './change';

/** Ce qui arrive à une transmission, et ce qui doit s'écrire avec. */
export interface TransmissionHappening {
  readonly event: TransmissionEvent;
  readonly at: Instant;
  readonly actor: Actor;
  readonly reason?: string;
  readonly evidence?: Evidence;
  readonly patch?: TransmissionPatch;
  readonly effects?: readonly Effect[];
  readonly outbox?: readonly OutboxMessage[];
}

/**
 * Passe l'événement par la table et compose tout ce qui s'écrira en une transaction, conséquences comprises : ce que devient la lettre d'une
 * réponse, et la publication d'un acte accusé. Le seul chemin vers un nouvel état.
 * @returns le refus `transmission/event-refused` quand la table ne connaît pas la paire.
 */
export function changeState(
  transmission: Transmission,
  happening: TransmissionHappening,
): Result<StateChange> {
  const to = advanceTransmission(transmission.state, happening.event, transmission.flux);
  if (!to.ok) return to;
  return ok({
    transmission,
    to: to.value,
    patch: happening.patch ?? {},
    audit: {
      collectiviteId: transmission.collectiviteId,
      deliberationId: transmission.deliberationId,
      sujet: 'transmission',
      sujetId: transmission.id,
      evenement: happening.event,
      etatAvant: transmission.state,
      etatApres: to.value,
      instant: happening.at,
      acteur: happening.actor,
      motif: happening.reason ?? null,
      preuve: { ...happening.evidence, ...datesOf(transmission, happening.patch) },
    },
    effects: [
      ...(happening.effects ?? []),
      ...followReponse(transmission, happening.event, happening.at, happening.actor),
    ],
    outbox: [...(happening.outbox ?? []), ...followActe(transmission, to.value)],
  });
}

/** Les dates que ce changement pose, dites au journal : la base qui les porte peut être confrontée à lui. */
function datesOf(transmission: Transmission, patch: TransmissionPatch = {}): Evidence {
  const keys = ['dateReception', 'teletransmiseLe'] as const;
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = patch[key];
      return value === undefined || (value === null && transmission[key] === null) ? [] : [[key, value]];
    }),
  );
}
