import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { createMigratedDatabase } from '../../../test/services/migrated-database';
import { asUser, createOwnDatabase, runSql } from '../../../test/services/own-database';
import type { OwnDatabase } from '../../../test/services/own-database';
import { createDataSource } from '../src/data-source';

/** Une base à soi, dans le PostgreSQL de la série d'essais. */
export interface FreshDatabase {
  readonly url: string;
  /** Sous le rôle du service, comme en production. Dans une base vide, sous celui du propriétaire : le service n'y peut rien encore. */
  readonly dataSource: DataSource;
  /** Sous le rôle qui possède les tables : pour migrer, restaurer, falsifier. */
  readonly owner: DataSource;
  /** Une autre connexion à la même base, comme l'aurait un autre processus. */
  another(poolSize?: number): Promise<DataSource>;
  close(): Promise<void>;
}

async function opened(url: string, poolSize = 10): Promise<DataSource> {
  return createDataSource({ url, poolSize, applicationName: 'essais' }).initialize();
}

async function freshFrom(
  database: OwnDatabase,
  urls: { readonly service: string; readonly owner: string },
): Promise<FreshDatabase> {
  const open: DataSource[] = [await opened(urls.owner)];
  const [owner] = open as [DataSource];
  const another = async (poolSize?: number): Promise<DataSource> => {
    const dataSource = await opened(urls.service, poolSize);
    open.push(dataSource);
    return dataSource;
  };
  return {
    url: urls.service,
    owner,
    dataSource: urls.service === urls.owner ? owner : await another(),
    another,
    close: async () => {
      await Promise.all(open.map((source) => source.destroy()));
      await database.drop();
    },
  };
}

/** Crée une base vide, ou mise à niveau, que `close` efface. */
export async function freshDatabase(isMigrated = true): Promise<FreshDatabase> {
  if (isMigrated) {
    const database = await createMigratedDatabase();
    return freshFrom(database, { service: database.url, owner: database.ownerUrl });
  }
  const database = await createOwnDatabase();
  return freshFrom(database, { service: database.ownerUrl, owner: database.ownerUrl });
}

/**
 * Une base vide dont le propriétaire n'est que cela : ni administrateur, ni autorisé à créer bases ou comptes, comme chez un hébergeur.
 */
export async function freshDatabaseOfPlainOwner(): Promise<FreshDatabase> {
  const nom = `proprietaire_${randomBytes(6).toString('hex')}`;
  const database = await createOwnDatabase();
  const server = process.env['TEST_DATABASE_URL'] ?? '';
  await runSql(
    server,
    `CREATE ROLE ${nom} LOGIN PASSWORD '${nom}' NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS`,
  );
  await runSql(server, `ALTER DATABASE ${new URL(database.ownerUrl).pathname.slice(1)} OWNER TO ${nom}`);
  const owner = asUser(database.ownerUrl, nom, nom);
  const fresh = await freshFrom(database, { service: owner, owner });
  return {
    ...fresh,
    close: async () => {
      await fresh.close();
      await runSql(server, `DROP ROLE ${nom}`);
    },
  };
}
