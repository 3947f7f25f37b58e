import type { JobHandling, JobPayload } from '@teletransmission/queues';
import { CONTRACTS } from '@teletransmission/queues';
import type { JobName, JobOutcome, JobTable } from '@teletransmission/teletransmission';

/** La file d'un travail de la boîte d'envoi, portée à ce que la table des travaux lui donne. */
export class OutboxJobProcessor implements JobHandling {
  constructor(
    readonly queue: JobName,
    private readonly run: JobTable[JobName],
  ) {}

  process(payload: JobPayload): Promise<JobOutcome> {
    const { target } = CONTRACTS[this.queue];
    const targetId = target === null ? undefined : payload[target];
    if (targetId === undefined) return Promise.reject(new Error(`Travail sans cible : ${this.queue}`));
    return this.run(targetId);
  }
}
