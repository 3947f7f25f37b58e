import type { JobContract } from './job-contract';
import { payloadOf } from './job-contract';

export const sweepDeadlinesContract: JobContract = {
  queue: 'sweep-deadlines',
  target: null,
  payload: payloadOf(null),
  attempts: 1,
  backoffMs: 1_000,
  timeoutMs: 300_000,
  concurrency: 1,
  reason: 'Lit les échéances en base ; manqué, le suivant le remplace.',
};
