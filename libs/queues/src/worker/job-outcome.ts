import type { Job } from 'bullmq';
import { DelayedError, UnrecoverableError } from 'bullmq';
import { epochMsOf } from '@teletransmission/kernel';
import type { JobOutcome } from '@teletransmission/teletransmission';
import type { JobPayload } from '../contracts/job-contract';

/** Traduit l'issue d'un cas d'usage dans la langue de la file. Le code d'un abandon survit jusqu'au bureau. */
export async function settle(
  job: Job<JobPayload>,
  token: string | undefined,
  outcome: JobOutcome,
): Promise<string> {
  switch (outcome.kind) {
    case 'done':
      return outcome.state ?? 'done';
    case 'later':
      await job.moveToDelayed(epochMsOf(outcome.at), token);
      throw new DelayedError();
    case 'give-up':
      throw new UnrecoverableError(outcome.problem.code);
  }
}
