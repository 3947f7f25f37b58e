import type { JobHandling, JobPayload } from '@teletransmission/queues';
import type { JobOutcome, SubmitEnveloppe, TransmissionId } from '@teletransmission/teletransmission';

/** La file `submit-enveloppe`, portée au cas d'usage du même nom. */
export class SubmitEnveloppeProcessor implements JobHandling {
  readonly queue = 'submit-enveloppe';

  constructor(private readonly useCase: SubmitEnveloppe) {}

  process({ transmissionId }: JobPayload): Promise<JobOutcome> {
    return this.useCase.execute(transmissionId as TransmissionId);
  }
}
