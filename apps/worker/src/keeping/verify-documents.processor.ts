import type { Log } from '@teletransmission/kernel';
import type { VerifyDocuments } from '@teletransmission/persistence';
import type { JobHandling } from '@teletransmission/queues';
import type { JobOutcome } from '@teletransmission/teletransmission';

/** La file `verify-documents`, à rendez-vous : relit un lot de documents, et dit ce qui est perdu. */
export class VerifyDocumentsProcessor implements JobHandling {
  readonly queue = 'verify-documents';

  constructor(
    private readonly verify: VerifyDocuments,
    private readonly pace: { readonly budgetOctets: number; readonly everyMs: number },
    private readonly damages: () => Promise<number>,
    private readonly log: Log,
  ) {}

  async process(): Promise<JobOutcome> {
    const { documents, isOver } = await this.verify.execute(this.pace);
    const count = await this.damages();
    if (count > 0) this.log.error('documents perdus ou abîmés', { count, code: 'document/damaged' });
    return { kind: 'done', state: `${documents} relu(s)${isOver ? ', tour fini' : ''}, ${count} abîmé(s)` };
  }
}
