import type { JobContract } from './job-contract';
import { payloadOf } from './job-contract';

export const submitEnveloppeContract: JobContract = {
  queue: 'submit-enveloppe',
  target: 'transmissionId',
  payload: payloadOf('transmissionId'),
  attempts: 8,
  backoffMs: 1_000,
  timeoutMs: 240_000,
  concurrency: 12,
  reason:
    'Attend surtout la préfecture : douze envois de front, dont huit au plus vers la même, pour que l’une figée laisse partir les autres ; plus long que le délai de la liaison, pour qu’elle réponde la première.',
};
