import type { LifeTable } from './life';

/**
 * La vie d'un retour de la préfecture. `contradictory` : rattaché à un acte qui n'admet pas ce qu'il dit ;
 * comme les autres, il attend dans le bac, jamais à la corbeille.
 */
export const RETOUR_STATES = [
  'received',
  'applied',
  'duplicate',
  'unmatched',
  'contradictory',
  'unreadable',
  'set-aside',
] as const;
export type RetourState = (typeof RETOUR_STATES)[number];

export const RETOUR_EVENTS = [
  'retour-applied',
  'retour-duplicate',
  'retour-unmatched',
  'retour-contradictory',
  'retour-unreadable',
  'retour-read-again',
  'retour-set-aside',
  'retour-decided',
  'retour-taken-up',
] as const;
export type RetourEvent = (typeof RETOUR_EVENTS)[number];

export type RetourTable = LifeTable<RetourState, RetourEvent>;

export const INITIAL_RETOUR_STATE: RetourState = 'received';
export const FINAL_RETOUR_STATES: readonly RetourState[] = ['applied', 'duplicate'];
/** Les états du bac : une personne les regarde, et en décide. */
export const TRAY_STATES = [
  'unmatched',
  'contradictory',
  'unreadable',
] as const satisfies readonly RetourState[];

const FROM_TRAY = {
  'retour-read-again': 'received',
  'retour-set-aside': 'set-aside',
  'retour-decided': 'applied',
} as const;

export const RETOUR_TRANSITIONS = {
  received: {
    'retour-applied': 'applied',
    'retour-duplicate': 'duplicate',
    'retour-unmatched': 'unmatched',
    'retour-contradictory': 'contradictory',
    'retour-unreadable': 'unreadable',
  },
  applied: {},
  duplicate: {},
  unmatched: FROM_TRAY,
  contradictory: FROM_TRAY,
  unreadable: FROM_TRAY,
  'set-aside': { 'retour-taken-up': 'received' },
} as const satisfies RetourTable;
