import type { Log } from '@teletransmission/kernel';
import type { JobHandling } from '@teletransmission/queues';
import type { JobOutcome, OutboxMessage, SweepDeadlines } from '@teletransmission/teletransmission';

/** La file `sweep-deadlines`, à rendez-vous : les échéances, les envois interrompus, et ce que la file a oublié. */
export class SweepDeadlinesProcessor implements JobHandling {
  readonly queue = 'sweep-deadlines';

  constructor(
    private readonly sweep: SweepDeadlines,
    private readonly refreshClassifications: () => Promise<number>,
    private readonly requeue: (messages: readonly OutboxMessage[]) => Promise<number>,
    private readonly log: Log,
  ) {}

  async process(): Promise<JobOutcome> {
    const { overdue, lost, waiting } = await this.sweep.execute();
    if (overdue > 0) this.log.warn('accusés en retard', { count: overdue, code: 'transmission/ack-overdue' });
    if (lost > 0) this.log.warn('envois interrompus', { count: lost, code: 'envoi/interrupted' });
    const asked = await this.refreshClassifications();
    if (asked > 0) this.log.info('nomenclatures redemandées', { count: asked });
    const requeued = await this.requeue(waiting);
    if (requeued > 0) this.log.warn('travaux remis en file', { count: requeued, code: 'queue/rebuilt' });
    return { kind: 'done', state: `${overdue} en retard, ${lost} incertain(s), ${requeued} remis` };
  }
}
