import { CONTRACTS } from './contracts/contracts';
import type { QueueName } from './contracts/job-contract';
import { jobOptionsOf } from './job-options';
import type { OpenQueues } from './open-queues';

/** Un travail qui revient seul. */
export interface Schedule {
  readonly queue: Extract<
    QueueName,
    | 'collect-retours'
    | 'sweep-deadlines'
    | 'raise-alertes'
    | 'verify-documents'
    | 'purge-orphans'
    | 'forget-expired'
  >;
  readonly periodMs: number;
}

/**
 * Pose les rendez-vous ; les reposer les met à jour. À refaire de temps en temps, hors de Redis : s'il a tout perdu, il a perdu aussi
 * le rendez-vous qui les aurait reposés. @throws quand Redis ne répond pas.
 */
export async function upsertSchedules(queues: OpenQueues, schedules: readonly Schedule[]): Promise<void> {
  await queues.ready();
  for (const { queue, periodMs } of schedules) {
    await queues.of(queue).upsertJobScheduler(
      queue,
      { every: periodMs },
      {
        name: queue,
        data: { version: 1 },
        opts: { ...jobOptionsOf(CONTRACTS[queue]), removeOnComplete: { count: 50 } },
      },
    );
  }
}
