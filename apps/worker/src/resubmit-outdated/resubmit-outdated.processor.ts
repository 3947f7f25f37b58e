import type { JobHandling, JobPayload } from '@teletransmission/queues';
import type { JobOutcome, ResubmitOutdated, TransmissionId } from '@teletransmission/teletransmission';

/** La file `resubmit-outdated` : les actes refusés pour une nomenclature périmée repartent avec la neuve. */
export class ResubmitOutdatedProcessor implements JobHandling {
  readonly queue = 'resubmit-outdated';

  constructor(private readonly resubmit: ResubmitOutdated) {}

  process({ transmissionId }: JobPayload): Promise<JobOutcome> {
    return this.resubmit.execute(transmissionId as TransmissionId);
  }
}
