import type { Log } from '@teletransmission/kernel';
import type { JobHandling } from '@teletransmission/queues';
import type { CollectRetours, JobOutcome } from '@teletransmission/teletransmission';

/** La file `collect-retours`, à rendez-vous : ce que la préfecture a rendu. */
export class CollectRetoursProcessor implements JobHandling {
  readonly queue = 'collect-retours';

  constructor(
    private readonly collect: CollectRetours,
    private readonly log: Log,
  ) {}

  async process(): Promise<JobOutcome> {
    const report = await this.collect.execute();
    if (report.collected > 0) this.log.info('retours relevés', { count: report.collected });
    return { kind: 'done', state: `${report.collected} relevé(s)` };
  }
}
