import type { JobContract } from './job-contract';
import { payloadOf } from './job-contract';

export const applyRetourContract: JobContract = {
  queue: 'apply-retour',
  target: 'retourId',
  payload: payloadOf('retourId'),
  attempts: 8,
  backoffMs: 1_000,
  timeoutMs: 60_000,
  concurrency: 8,
  reason: 'Lecture d’un petit XML et une écriture : bref, et un accusé ne doit pas attendre.',
};
