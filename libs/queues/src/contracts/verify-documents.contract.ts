import type { JobContract } from './job-contract';
import { payloadOf } from './job-contract';

export const verifyDocumentsContract: JobContract = {
  queue: 'verify-documents',
  target: null,
  payload: payloadOf(null),
  attempts: 1,
  backoffMs: 1_000,
  timeoutMs: 1_800_000,
  concurrency: 1,
  reason: 'Relit un lot de documents ; le curseur est en base, la passe suivante reprend là.',
};
