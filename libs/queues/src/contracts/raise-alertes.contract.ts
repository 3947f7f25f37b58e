import type { JobContract } from './job-contract';
import { payloadOf } from './job-contract';

export const raiseAlertesContract: JobContract = {
  queue: 'raise-alertes',
  target: null,
  payload: payloadOf(null),
  attempts: 1,
  backoffMs: 1_000,
  timeoutMs: 300_000,
  concurrency: 1,
  reason: 'Lit les silences en base, à part du balayage : un balayage en panne doit se signaler aussi.',
};
