import type { JobContract } from './job-contract';
import { payloadOf } from './job-contract';

export const requestClassificationContract: JobContract = {
  queue: 'request-classification',
  target: 'collectiviteId',
  payload: payloadOf('collectiviteId'),
  attempts: 8,
  backoffMs: 1_000,
  timeoutMs: 60_000,
  concurrency: 2,
  reason: 'Une écriture ; la demande elle-même est une transmission, avec ses propres tours.',
};
