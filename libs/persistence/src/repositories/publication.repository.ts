import type { CivilDate } from '@teletransmission/kernel';
import type {
  CollectiviteId,
  DeliberationId,
  Publication,
  PublicationChange,
  PublicationRepository,
  PublicationState,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { PublicationRow } from '../rows/publication.row';
import { Statement } from './statement';

/** Les publications : une ligne par délibération, née avec elle. */
export class PgPublicationRepository implements PublicationRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find(deliberationId: DeliberationId): Promise<Publication | null> {
    const row = await this.dataSource.getRepository(PublicationRow).findOneBy({ deliberationId });
    return (
      row && {
        deliberationId,
        collectiviteId: row.collectiviteId as CollectiviteId,
        state: row.state as PublicationState,
        datePublication: row.datePublication as CivilDate | null,
        adresse: row.adresse,
      }
    );
  }

  async record(change: PublicationChange): Promise<boolean> {
    const { publication } = change;
    const statement = new Statement();
    statement.step(
      'publiee',
      `UPDATE publications SET state = ${statement.bind(change.to, 'text')},
        date_publication = ${statement.bind(change.datePublication, 'date')}, adresse = ${statement.bind(change.adresse, 'text')}
        WHERE deliberation_id = ${statement.bind(publication.deliberationId, 'uuid')}
        AND state = ${statement.bind(publication.state, 'text')} RETURNING deliberation_id`,
    );
    statement.audit('journal', change.audit, 'publiee');
    const recorded: unknown[] = await this.dataSource.query(
      ...statement.finish('SELECT deliberation_id FROM publiee'),
    );
    return recorded.length > 0;
  }
}
