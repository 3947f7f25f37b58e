import type { JobsOptions } from 'bullmq';
import type { JobContract } from './contracts/job-contract';

/** Une semaine de travaux finis se regarde au bureau ; au-delà, l'historique est en base. */
const KEPT_DONE = { age: 7 * 86_400, count: 5_000 };
/** Les échecs restent plus longtemps : ce sont eux qu'on vient lire. */
const KEPT_FAILED = { age: 90 * 86_400, count: 20_000 };

/** Les options BullMQ d'un contrat. */
export function jobOptionsOf(contract: JobContract): JobsOptions {
  return {
    attempts: contract.attempts,
    backoff: { type: 'exponential', delay: contract.backoffMs, jitter: 0.5 },
    removeOnComplete: KEPT_DONE,
    removeOnFail: KEPT_FAILED,
  };
}
