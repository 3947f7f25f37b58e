import type { JobContract } from './job-contract';
import { payloadOf } from './job-contract';

export const reconcileEnvoiContract: JobContract = {
  queue: 'reconcile-envoi',
  target: 'transmissionId',
  payload: payloadOf('transmissionId'),
  attempts: 20,
  backoffMs: 5_000,
  timeoutMs: 60_000,
  concurrency: 2,
  reason:
    'Une question brève à la préfecture ; si elle se tait, on insiste longtemps plutôt que de renvoyer.',
};
