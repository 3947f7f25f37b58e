import type { Log } from '@teletransmission/kernel';
import type { JobHandling } from '@teletransmission/queues';
import type { JobOutcome, RaiseAlertes } from '@teletransmission/teletransmission';

/** La file `raise-alertes`, à rendez-vous : ce qui se tait trop longtemps se signale, ce qui a repris se lève. */
export class RaiseAlertesProcessor implements JobHandling {
  readonly queue = 'raise-alertes';

  constructor(
    private readonly raise: RaiseAlertes,
    private readonly log: Log,
  ) {}

  async process(): Promise<JobOutcome> {
    const { opened, closed } = await this.raise.execute();
    if (opened > 0) this.log.warn('alertes ouvertes', { count: opened, code: 'alerte/opened' });
    if (closed > 0) this.log.info('alertes levées', { count: closed });
    return { kind: 'done', state: `${opened} ouverte(s), ${closed} levée(s)` };
  }
}
