import type { LifeTable } from './life';

/** La vie d'une lettre de la préfecture. `noted` : un déféré, qui ne se répond pas par cette voie et attend qu'on le prenne en charge. */
export const CORRESPONDANCE_STATES = [
  'received',
  'answering',
  'answered',
  'filed',
  'noted',
  'taken',
] as const;
export type CorrespondanceState = (typeof CORRESPONDANCE_STATES)[number];

export const CORRESPONDANCE_EVENTS = [
  'answer-deposited',
  'answer-delivered',
  'answer-acknowledged',
  'answer-failed',
  'answer-held',
  'answer-withdrawn',
  'answer-resumed',
  'closed-without-answer',
  'defere-taken',
] as const;
export type CorrespondanceEvent = (typeof CORRESPONDANCE_EVENTS)[number];

export type CorrespondanceTable = LifeTable<CorrespondanceState, CorrespondanceEvent>;

export const FINAL_CORRESPONDANCE_STATES: readonly CorrespondanceState[] = ['answered', 'filed', 'taken'];

/**
 * Un accusé clôt la lettre même quand une anomalie l'avait rendue à qui doit y répondre : la réponse était arrivée. `answer-delivered` clôt
 * une lettre simple, dont la réponse n'est jamais accusée : une anomalie peut encore la rouvrir. Refusée, retenue ou retirée, une réponse rend
 * la lettre à qui doit y répondre ; remise en file, elle la reprend. `closed-without-answer` n'arrive qu'à un courrier simple.
 */
export const CORRESPONDANCE_TRANSITIONS = {
  received: {
    'answer-deposited': 'answering',
    'answer-resumed': 'answering',
    'answer-acknowledged': 'answered',
    'closed-without-answer': 'filed',
  },
  answering: {
    'answer-delivered': 'answered',
    'answer-acknowledged': 'answered',
    'answer-failed': 'received',
    'answer-held': 'received',
    'answer-withdrawn': 'received',
  },
  answered: { 'answer-failed': 'received' },
  filed: {},
  noted: { 'defere-taken': 'taken' },
  taken: {},
} as const satisfies CorrespondanceTable;
