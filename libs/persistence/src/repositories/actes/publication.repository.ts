import type {
  DeliberationId,
  Publication,
  PublicationChange,
  PublicationRepository,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { publicationOf } from '../../mapping/publication-mapping';
import { PublicationRow } from '../../rows/publication.row';
import { Statement } from '../../statements/statement';

/** Les publications : une ligne par délibération, née avec elle. */
export class PgPublicationRepository implements PublicationRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find(deliberationId: DeliberationId): Promise<Publication | null> {
    const row = await this.dataSource.getRepository(PublicationRow).findOneBy({ deliberationId });
    return row && publicationOf(row);
  }

  async record(change: PublicationChange): Promise<boolean> {
    const { publication, declaration } = change;
    const statement = new Statement();
    statement.step(
      'publiee',
      `UPDATE publications SET state = ${statement.bind(change.to, 'text')},
        date_publication = ${statement.bind(change.datePublication, 'date')}, adresse = ${statement.bind(change.adresse, 'text')},
        moyen = ${statement.bind(declaration?.moyen ?? null, 'text')}, declaree_par = ${statement.bind(declaration?.par ?? null, 'uuid')},
        declaree_le = ${statement.bind(declaration?.le ?? null, 'timestamptz')}
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
