import { instantOf } from '@teletransmission/kernel';
import { describeCollectivitesContract, describeComptesContract } from '@teletransmission/testkit';
import { v7 } from 'uuid';
import type { FreshDatabase } from '../../../test/fresh-database';
import { freshDatabase } from '../../../test/fresh-database';
import { PgCollectiviteRepository } from './collectivite.repository';
import { PgCompteRepository } from './compte.repository';
import { PgSessionRepository } from './session.repository';

const databases: FreshDatabase[] = [];
afterAll(() => Promise.all(databases.map((database) => database.close())));

async function opened(): Promise<FreshDatabase> {
  const database = await freshDatabase();
  databases.push(database);
  return database;
}

async function columnOf(
  { dataSource }: FreshDatabase,
  column: string,
  id: string,
): Promise<readonly string[]> {
  const rows: { said: string }[] = await dataSource.query(
    `SELECT ${column} AS said FROM audit_entries WHERE sujet_id = $1 ORDER BY rang`,
    [id],
  );
  return rows.map(({ said }) => said);
}

describeCollectivitesContract('PostgreSQL', async () => {
  const database = await opened();
  return {
    collectivites: new PgCollectiviteRepository(database.dataSource),
    id: v7,
    acteursOf: (id) => columnOf(database, 'acteur_genre', id),
  };
});

describeComptesContract('PostgreSQL', async () => {
  const database = await opened();
  return {
    comptes: new PgCompteRepository(database.dataSource),
    sessions: new PgSessionRepository(database.dataSource),
    id: v7,
    now: () => instantOf(Date.now()),
    eventsOf: (id) => columnOf(database, 'evenement', id),
  };
});
