import type { TravailIssue, TravauxCounter } from '@teletransmission/observability';
import type { JobHandling } from '@teletransmission/queues';
import type { JobOutcome } from '@teletransmission/teletransmission';

const ISSUES: Readonly<Record<JobOutcome['kind'], TravailIssue>> = {
  done: 'fait',
  later: 'reporte',
  'give-up': 'abandonne',
};

/** Compte chaque travail que ce processus finit, par file et par issue. */
export function withCount(handling: JobHandling, travaux: Pick<TravauxCounter, 'count'>): JobHandling {
  const { queue } = handling;
  return {
    queue,
    process: async (payload) => {
      try {
        const outcome = await handling.process(payload);
        travaux.count(queue, ISSUES[outcome.kind]);
        return outcome;
      } catch (error) {
        travaux.count(queue, 'echec');
        throw error;
      }
    },
  };
}
