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
    for (const { retourId, sourceId } of report.nameless)
      this.log.warn('retour relevé sans nom', { retourId, sourceId });
    for (const { id, sourceId, nom, code, echecs } of report.failed) {
      const named = {
        ...(sourceId === null ? {} : { sourceId }),
        ...(nom === null ? {} : { nomRetour: nom }),
      };
      this.log.warn('retour non relevé', { releveId: id, ...named, code, count: echecs });
    }
    return { kind: 'done', state: `${report.collected} relevé(s)` };
  }
}
