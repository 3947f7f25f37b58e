import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** Une base à soi, le temps d'une suite. */
export interface OwnDatabase {
  readonly url: string;
  /** L'efface, sessions comprises. */
  drop(): Promise<void>;
}

/**
 * Crée une base vide sur le serveur des essais (`TEST_DATABASE_URL`) : deux suites ne se voient jamais.
 * @throws Error quand le projet « adaptateurs » de Jest n'a pas lancé les services.
 */
export async function createOwnDatabase(): Promise<OwnDatabase> {
  const server = process.env['TEST_DATABASE_URL'];
  if (server === undefined) throw new Error('TEST_DATABASE_URL manque : lancez le projet « adaptateurs ».');
  const name = `essai_${randomUUID().replaceAll('-', '')}`;
  await asAdministrator(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => asAdministrator(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function asAdministrator(url: string, order: string): Promise<void> {
  const socket = new URL(url).searchParams.get('host');
  const client = new Client({ connectionString: url, ...(socket === null ? {} : { host: socket }) });
  await client.connect();
  try {
    await client.query(order);
  } finally {
    await client.end();
  }
}
