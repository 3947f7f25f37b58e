import type { JobContract } from './job-contract';
import { payloadOf } from './job-contract';

export const resubmitOutdatedContract: JobContract = {
  queue: 'resubmit-outdated',
  target: 'transmissionId',
  payload: payloadOf('transmissionId'),
  attempts: 8,
  backoffMs: 1_000,
  timeoutMs: 60_000,
  concurrency: 2,
  reason: 'Quelques centaines d’actes au plus, une écriture chacun.',
};
