import type { LifeTable } from './life';

/** La vie d'une publication, tenue à part de celle de la transmission : l'une peut précéder l'autre (CGCT L2131-1). */
export const PUBLICATION_STATES = ['unpublished', 'published'] as const;
export type PublicationState = (typeof PUBLICATION_STATES)[number];

export const PUBLICATION_EVENTS = ['publication-declared', 'published-automatically'] as const;
export type PublicationEvent = (typeof PUBLICATION_EVENTS)[number];

export type PublicationTable = LifeTable<PublicationState, PublicationEvent>;

export const INITIAL_PUBLICATION_STATE: PublicationState = 'unpublished';

/** Publiée est permanente : une seconde publication ne déplace pas la date qui a fait courir les délais. */
export const FINAL_PUBLICATION_STATES: readonly PublicationState[] = ['published'];

export const PUBLICATION_TRANSITIONS = {
  unpublished: { 'publication-declared': 'published', 'published-automatically': 'published' },
  published: {},
} as const satisfies PublicationTable;
