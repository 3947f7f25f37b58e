import type { CivilDate } from '@teletransmission/kernel';
import type {
  CollectiviteId,
  CompteId,
  DeclarationPublication,
  DeliberationId,
  MoyenPublication,
  Publication,
  PublicationChange,
  PublicationRepository,
  PublicationState,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { fromTimestamp } from '../../instants';
import { PublicationRow } from '../../rows/publication.row';
import { Statement } from '../../statements/statement';

function declarationOf({ moyen, declareePar, declareeLe }: PublicationRow): DeclarationPublication | null {
  if (moyen === null || declareePar === null || declareeLe === null) return null;
  return {
    moyen: moyen as MoyenPublication,
    par: declareePar as CompteId,
    le: fromTimestamp(declareeLe),
  };
}

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
        declaration: declarationOf(row),
      }
    );
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
