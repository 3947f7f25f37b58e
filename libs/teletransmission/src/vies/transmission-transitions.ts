import type { LifeTable } from './life';

/**
 * Les états d'une transmission, dans l'ordre du parcours heureux puis des détours. `delivered` est celui des messages dont la préfecture
 * n'accuse jamais réception (2-2, 3-2, 4-2) : « en attente d'accusé » y serait faux pour toujours.
 * La base porte la même liste dans un `CHECK`. */
export const TRANSMISSION_STATES = [
  'queued',
  'sealed',
  'sending',
  'uncertain',
  'awaiting-ack',
  'delivered',
  'acknowledged',
  'rejected',
  'held',
  'cancelling',
  'cancelled',
  'withdrawn',
] as const;

export type TransmissionState = (typeof TRANSMISSION_STATES)[number];

/** Tout ce qui peut arriver à une transmission après son dépôt. */
export const TRANSMISSION_EVENTS = [
  'enveloppe-sealed',
  'content-refused',
  'departure-postponed',
  'envoi-opened',
  'envoi-accepted',
  'envoi-delivered',
  'envoi-deferred',
  'envoi-refused',
  'envoi-lost',
  'envoi-abandoned',
  'found-at-prefecture',
  'proven-absent',
  'ar-received',
  'anomalie-received',
  'ack-deadline-passed',
  'resubmitted',
  'put-on-hold',
  'withdrawn',
  'superseded',
  'request-ended',
  'annulation-requested',
  'ar-annulation-received',
  'annulation-refused',
] as const;

export type TransmissionEvent = (typeof TRANSMISSION_EVENTS)[number];

export type TransitionTable = LifeTable<TransmissionState, TransmissionEvent>;

/** L'état donné par le dépôt, qui n'a pas d'état d'avant. */
export const INITIAL_TRANSMISSION_STATE: TransmissionState = 'queued';

/** Pas encore parties : rien n'en est à la préfecture du fait de ce cycle. */
export const UNSENT_STATES = ['queued', 'sealed'] as const satisfies readonly TransmissionState[];

/** Parties, ou peut-être, et sans réponse encore. */
export const IN_FLIGHT_STATES = [
  'sending',
  'uncertain',
  'awaiting-ack',
] as const satisfies readonly TransmissionState[];

/** Arrêtées, jusqu'à ce qu'une personne décide. */
export const STOPPED_STATES = ['held', 'rejected'] as const satisfies readonly TransmissionState[];

/** Tout ce qui peut encore avancer, de soi-même ou par une personne, avant d'être accusé. */
export const UNFINISHED_STATES = [
  ...UNSENT_STATES,
  ...IN_FLIGHT_STATES,
  ...STOPPED_STATES,
] as const satisfies readonly TransmissionState[];

/** La préfecture l'a accusée, quoi qu'il en soit advenu depuis. */
export const ACKNOWLEDGED_STATES = [
  'acknowledged',
  'cancelling',
  'cancelled',
] as const satisfies readonly TransmissionState[];

/** Qui n'attendent plus rien de la préfecture. */
export const SETTLED_STATES = [
  'acknowledged',
  'cancelled',
  'withdrawn',
] as const satisfies readonly TransmissionState[];

/** Les seuls états dont on ne sort pas. */
export const FINAL_TRANSMISSION_STATES: readonly TransmissionState[] = ['cancelled', 'withdrawn'];

/**
 * La vie d'une transmission. Une paire absente est un refus : rien d'autre n'écrit un état.
 * `ar-received` a bien des origines : un accusé peut arriver avant que nous sachions que l'envoi a réussi, et il l'emporte sur une anomalie,
 * une retenue ou une remise en file. `judge-retour.ts` dit quand le croire.
 * Un accusé en retard se tranche à deux, comme un envoi incertain : la préfecture a l'acte et l'on attend encore, ou ne l'a pas et il repart.
 * `request-ended` n'arrive qu'à une demande de nomenclature, qui n'engage à rien : un acte parti ne se retire pas.
 */
export const TRANSMISSION_TRANSITIONS = {
  queued: {
    'enveloppe-sealed': 'sealed',
    'ar-received': 'acknowledged',
    'content-refused': 'held',
    'put-on-hold': 'held',
    withdrawn: 'withdrawn',
  },
  sealed: {
    'departure-postponed': 'sealed',
    'envoi-opened': 'sending',
    'ar-received': 'acknowledged',
    'put-on-hold': 'held',
    withdrawn: 'withdrawn',
  },
  sending: {
    'envoi-accepted': 'awaiting-ack',
    'envoi-delivered': 'delivered',
    'envoi-deferred': 'sealed',
    'envoi-refused': 'held',
    'envoi-lost': 'uncertain',
    'ar-received': 'acknowledged',
    'anomalie-received': 'rejected',
  },
  uncertain: {
    'found-at-prefecture': 'awaiting-ack',
    'envoi-delivered': 'delivered',
    'proven-absent': 'sealed',
    'envoi-abandoned': 'held',
    'ar-received': 'acknowledged',
    'anomalie-received': 'rejected',
    'request-ended': 'withdrawn',
  },
  'awaiting-ack': {
    'ar-received': 'acknowledged',
    'anomalie-received': 'rejected',
    'ack-deadline-passed': 'awaiting-ack',
    'found-at-prefecture': 'awaiting-ack',
    'proven-absent': 'sealed',
    'envoi-abandoned': 'held',
    'request-ended': 'withdrawn',
  },
  delivered: { 'anomalie-received': 'rejected' },
  acknowledged: { 'annulation-requested': 'cancelling', 'ar-annulation-received': 'cancelled' },
  rejected: {
    'ar-received': 'acknowledged',
    resubmitted: 'queued',
    withdrawn: 'withdrawn',
    superseded: 'withdrawn',
  },
  held: {
    'ar-received': 'acknowledged',
    resubmitted: 'queued',
    withdrawn: 'withdrawn',
    superseded: 'withdrawn',
  },
  cancelling: { 'ar-annulation-received': 'cancelled', 'annulation-refused': 'acknowledged' },
  cancelled: {},
  withdrawn: {},
} as const satisfies TransitionTable;
