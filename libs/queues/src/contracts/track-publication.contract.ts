import type { JobContract } from './job-contract';
import { payloadOf } from './job-contract';

export const trackPublicationContract: JobContract = {
  queue: 'track-publication',
  target: 'deliberationId',
  payload: payloadOf('deliberationId'),
  attempts: 8,
  backoffMs: 1_000,
  timeoutMs: 30_000,
  concurrency: 4,
  reason: 'Une lecture et une écriture.',
};
