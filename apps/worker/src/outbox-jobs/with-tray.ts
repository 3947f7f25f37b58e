import type { Log } from '@teletransmission/kernel';
import type { JobHandling } from '@teletransmission/queues';
import type { RetourState } from '@teletransmission/teletransmission';

/** Les états d'un retour qu'une personne doit regarder. */
const TRAY: readonly RetourState[] = ['unmatched', 'contradictory', 'unreadable'];

/** Ce qu'`apply-retour` laisse au bac s'entend dans le journal ; les autres travaux n'y laissent rien. */
export function withTray(handling: JobHandling, log: Log): JobHandling {
  const { queue } = handling;
  if (queue !== 'apply-retour') return handling;
  return {
    queue,
    process: async (payload) => {
      const { retourId } = payload;
      const outcome = await handling.process(payload);
      const state = outcome.kind === 'done' ? outcome.state : undefined;
      if (retourId !== undefined && state !== undefined && TRAY.some((tray) => tray === state))
        log.warn('retour au bac', { retourId, state, code: `retour/${state}` });
      return outcome;
    },
  };
}
