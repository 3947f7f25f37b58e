import type { JobHandling, JobPayload } from '@teletransmission/queues';
import type { JobOutcome, SealEnveloppe, TransmissionId } from '@teletransmission/teletransmission';

/** La file `seal-enveloppe`, portée au cas d'usage du même nom. */
export class SealEnveloppeProcessor implements JobHandling {
  readonly queue = 'seal-enveloppe';

  constructor(private readonly useCase: SealEnveloppe) {}

  process({ transmissionId }: JobPayload): Promise<JobOutcome> {
    return this.useCase.execute(transmissionId as TransmissionId);
  }
}
