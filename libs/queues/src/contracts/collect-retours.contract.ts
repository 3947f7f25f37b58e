import type { JobContract } from './job-contract';
import { payloadOf } from './job-contract';

export const collectRetoursContract: JobContract = {
  queue: 'collect-retours',
  target: null,
  payload: payloadOf(null),
  attempts: 1,
  backoffMs: 1_000,
  timeoutMs: 600_000,
  concurrency: 1,
  reason: 'Une relève à la fois pour tous ; manquée, la suivante la remplace.',
};
