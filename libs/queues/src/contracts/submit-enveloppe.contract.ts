import type { JobContract } from './job-contract';
import { payloadOf } from './job-contract';

export const submitEnveloppeContract: JobContract = {
  queue: 'submit-enveloppe',
  target: 'transmissionId',
  payload: payloadOf('transmissionId'),
  attempts: 8,
  backoffMs: 1_000,
  timeoutMs: 240_000,
  concurrency: 8,
  reason:
    'Attend surtout la préfecture : huit envois de front ; plus long que le délai de la liaison, pour qu’elle réponde la première.',
};
