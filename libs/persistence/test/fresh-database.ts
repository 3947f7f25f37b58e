import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../src/data-source';
import { migrate } from '../src/migrate';

/** Une base à soi, dans le PostgreSQL de la série d'essais. */
export interface FreshDatabase {
  readonly url: string;
  readonly dataSource: DataSource;
  /** Une autre connexion à la même base, comme l'aurait un autre processus. */
  another(poolSize?: number): Promise<DataSource>;
  close(): Promise<void>;
}

async function asAdministrator(sql: string): Promise<void> {
  const url = process.env['TEST_DATABASE_URL'] ?? '';
  const host = new URL(url).searchParams.get('host');
  const client = new Client({ connectionString: url, ...(host === null ? {} : { host }) });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

function urlOf(database: string): string {
  const url = new URL(process.env['TEST_DATABASE_URL'] ?? '');
  url.pathname = `/${database}`;
  return url.href;
}

/** Crée une base vide, ou mise à niveau, que `close` efface. */
export async function freshDatabase(isMigrated = true): Promise<FreshDatabase> {
  const name = `essai_${randomBytes(6).toString('hex')}`;
  await asAdministrator(`CREATE DATABASE ${name}`);
  const opened: DataSource[] = [];
  const another = async (poolSize = 10): Promise<DataSource> => {
    const dataSource = createDataSource({ url: urlOf(name), poolSize, applicationName: 'essais' });
    opened.push(await dataSource.initialize());
    return dataSource;
  };
  const dataSource = await another();
  if (isMigrated) await migrate(dataSource);
  return {
    url: urlOf(name),
    dataSource,
    another,
    close: async () => {
      await Promise.all(opened.map((source) => source.destroy()));
      await asAdministrator(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/**
 * Une base vide dont le propriétaire n'est que cela : ni administrateur, ni autorisé à créer bases ou comptes, comme chez un hébergeur.
 */
export async function freshDatabaseOfPlainOwner(): Promise<FreshDatabase> {
  const owner = `proprietaire_${randomBytes(6).toString('hex')}`;
  await asAdministrator(
    `CREATE ROLE ${owner} LOGIN PASSWORD '${owner}' NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS`,
  );
  const database = await freshDatabase(false);
  const url = new URL(database.url);
  await asAdministrator(`ALTER DATABASE ${url.pathname.slice(1)} OWNER TO ${owner}`);
  url.username = owner;
  url.password = owner;
  const opened: DataSource[] = [];
  const another = async (poolSize = 10): Promise<DataSource> => {
    const dataSource = createDataSource({ url: url.href, poolSize, applicationName: 'essais' });
    opened.push(await dataSource.initialize());
    return dataSource;
  };
  return {
    url: url.href,
    dataSource: await another(),
    another,
    close: async () => {
      await Promise.all(opened.map((source) => source.destroy()));
      await database.close();
      await asAdministrator(`DROP ROLE ${owner}`);
    },
  };
}
