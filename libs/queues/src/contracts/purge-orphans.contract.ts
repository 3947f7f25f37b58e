import type { JobContract } from './job-contract';
import { payloadOf } from './job-contract';

export const purgeOrphansContract: JobContract = {
  queue: 'purge-orphans',
  target: null,
  payload: payloadOf(null),
  attempts: 1,
  backoffMs: 1_000,
  timeoutMs: 1_800_000,
  concurrency: 1,
  reason: 'Efface ce que rien ne désigne depuis des jours ; interrompu, le passage suivant reprend tout.',
};
