import type { JobHandling, JobPayload } from '@teletransmission/queues';
import type { CollectiviteId, JobOutcome, RequestClassification } from '@teletransmission/teletransmission';

/** La file `request-classification` : la préfecture a nommé une nomenclature que nous n'avons pas. */
export class RequestClassificationProcessor implements JobHandling {
  readonly queue = 'request-classification';

  constructor(private readonly request: RequestClassification) {}

  process({ collectiviteId }: JobPayload): Promise<JobOutcome> {
    return this.request.execute(
      collectiviteId as CollectiviteId,
      'La préfecture nomme une autre nomenclature.',
    );
  }
}
