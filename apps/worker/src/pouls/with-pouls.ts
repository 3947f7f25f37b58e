import type { Clock, Log } from '@teletransmission/kernel';
import type { JobHandling } from '@teletransmission/queues';
import type { Pouls, TravailRegulier } from '@teletransmission/teletransmission';
import { TRAVAUX_REGULIERS } from '@teletransmission/teletransmission';

function isRegular(queue: string): queue is TravailRegulier {
  return (TRAVAUX_REGULIERS as readonly string[]).includes(queue);
}

function codeOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'service/defect';
}

/**
 * Tient en base le pouls d'un travail à rendez-vous : sa dernière réussite, son dernier échec. Un pouls qui ne s'écrit pas n'arrête
 * pas le travail : son absence se verra.
 */
export function withPouls(handling: JobHandling, pouls: Pouls, clock: Clock, log: Log): JobHandling {
  const { queue } = handling;
  if (!isRegular(queue)) return handling;
  const write = async (beat: Promise<void>): Promise<void> => {
    await beat.catch((error: unknown) => {
      log.warn('pouls non écrit', { queue, code: codeOf(error) });
    });
  };
  return {
    queue,
    process: async (payload) => {
      try {
        const outcome = await handling.process(payload);
        await write(pouls.succeeded(queue, clock.now()));
        return outcome;
      } catch (error) {
        await write(pouls.failed(queue, clock.now(), codeOf(error)));
        throw error;
      }
    },
  };
}
