import type { JobContract } from './job-contract';
import { payloadOf } from './job-contract';

export const forgetExpiredContract: JobContract = {
  queue: 'forget-expired',
  target: null,
  payload: payloadOf(null),
  attempts: 1,
  backoffMs: 1_000,
  timeoutMs: 600_000,
  concurrency: 1,
  reason: 'Oublie ce qui a fait son temps ; manqué, le suivant le remplace.',
};
