import type { JobContract } from './job-contract';
import { payloadOf } from './job-contract';

export const sealEnveloppeContract: JobContract = {
  queue: 'seal-enveloppe',
  target: 'transmissionId',
  payload: payloadOf('transmissionId'),
  attempts: 8,
  backoffMs: 1_000,
  timeoutMs: 300_000,
  concurrency: 4,
  reason:
    'Lit et écrit jusqu’à 150 Mio sur disque : quatre à la fois suffisent à deux cœurs, cinq minutes à un disque lent.',
};
