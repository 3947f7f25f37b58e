import type { JobHandling, JobPayload } from '@teletransmission/queues';
import type { JobOutcome, ReconcileEnvoi, TransmissionId } from '@teletransmission/teletransmission';

/** La file `reconcile-envoi`, portée au cas d'usage du même nom. */
export class ReconcileEnvoiProcessor implements JobHandling {
  readonly queue = 'reconcile-envoi';

  constructor(private readonly useCase: ReconcileEnvoi) {}

  process({ transmissionId }: JobPayload): Promise<JobOutcome> {
    return this.useCase.execute(transmissionId as TransmissionId);
  }
}
