import type { Instant, Problem } from '@teletransmission/kernel';

/** Ce qu'un travail rend à la file : fait, à refaire plus tard, ou abandonné avec son refus. */
export type JobOutcome =
  | { readonly kind: 'done'; readonly state?: string }
  | { readonly kind: 'later'; readonly at: Instant }
  | { readonly kind: 'give-up'; readonly problem: Problem };

export const DONE: JobOutcome = { kind: 'done' };

export function giveUp(problem: Problem): JobOutcome {
  return { kind: 'give-up', problem };
}
