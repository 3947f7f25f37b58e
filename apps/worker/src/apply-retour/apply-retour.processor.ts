import type { JobHandling, JobPayload } from '@teletransmission/queues';
import type { JobOutcome, ApplyRetour, RetourId } from '@teletransmission/teletransmission';

/** La file `apply-retour`, portée au cas d'usage du même nom. */
export class ApplyRetourProcessor implements JobHandling {
  readonly queue = 'apply-retour';

  constructor(private readonly useCase: ApplyRetour) {}

  process({ retourId }: JobPayload): Promise<JobOutcome> {
    return this.useCase.execute(retourId as RetourId);
  }
}
