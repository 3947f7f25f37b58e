import type { JobHandling, JobPayload } from '@teletransmission/queues';
import type { DeliberationId, JobOutcome, PublishDeliberation } from '@teletransmission/teletransmission';

/** La file `track-publication` : la publication qui suit l'accusé, pour qui l'a réglée ainsi. */
export class TrackPublicationProcessor implements JobHandling {
  readonly queue = 'track-publication';

  constructor(private readonly publish: PublishDeliberation) {}

  async process({ deliberationId }: JobPayload): Promise<JobOutcome> {
    const followed = await this.publish.follow(deliberationId as DeliberationId);
    if (!followed.ok) return { kind: 'give-up', problem: followed.problem };
    return { kind: 'done', state: followed.value === null ? 'inchangée' : 'published' };
  }
}
