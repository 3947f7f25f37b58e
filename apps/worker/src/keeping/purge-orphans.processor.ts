import type { Log } from '@teletransmission/kernel';
import type { PurgeDocuments } from '@teletransmission/persistence';
import type { JobHandling } from '@teletransmission/queues';
import type { JobOutcome } from '@teletransmission/teletransmission';

/** Ce que le journal d'audit en garde : personne n'a demandé cet effacement-là. */
const MOTIF = 'Balayage des documents que rien ne désigne';

/** La file `purge-orphans`, à rendez-vous : ce que des dépôts interrompus ont laissé, assez vieux pour que rien ne le désigne plus jamais. */
export class PurgeOrphansProcessor implements JobHandling {
  readonly queue = 'purge-orphans';

  constructor(
    private readonly purge: Pick<PurgeDocuments, 'execute'>,
    private readonly olderThanDays: number,
    private readonly log: Log,
  ) {}

  async process(): Promise<JobOutcome> {
    const { documents, octets, leftovers } = await this.purge.execute(this.olderThanDays, MOTIF);
    if (documents + leftovers > 0)
      this.log.info('documents sans usage effacés', { count: documents + leftovers, sizeBytes: octets });
    return { kind: 'done', state: `${documents} orphelin(s), ${leftovers} reste(s), ${octets} octets` };
  }
}
