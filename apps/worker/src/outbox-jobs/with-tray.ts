import type { Log } from '@teletransmission/kernel';
import { isOneOf } from '@teletransmission/kernel';
import type { JobHandling } from '@teletransmission/queues';
import { TRAY_STATES } from '@teletransmission/teletransmission';

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
      if (retourId !== undefined && state !== undefined && isOneOf(TRAY_STATES, state))
        log.warn('retour au bac', { retourId, state, code: `retour/${state}` });
      return outcome;
    },
  };
}
