import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** Le rôle sous lequel le service se connecte dans les essais ; `admitServiceRole` le crée à la première base mise à niveau. */
export const SERVICE_USER = 'service_essais';

/** Une base à soi, le temps d'une suite. */
export interface OwnDatabase {
  /** L'adresse du service : un rôle ordinaire, qui ne peut rien avant que la base ne soit mise à niveau. */
  readonly url: string;
  /** L'adresse du propriétaire : pour migrer, restaurer, et falsifier. */
  readonly ownerUrl: string;
  /** L'efface, sessions comprises. */
  drop(): Promise<void>;
}

/**
 * Crée une base vide sur le serveur des essais (`TEST_DATABASE_URL`) : deux suites ne se voient jamais.
 * @throws Error quand le projet « adaptateurs » de Jest n'a pas lancé les services.
 */
export function createOwnDatabase(): Promise<OwnDatabase> {
  return createFrom(null);
}

/** L'adresse du serveur des essais, sous son administrateur. */
export function testServer(): string {
  const server = process.env['TEST_DATABASE_URL'];
  if (server === undefined) throw new Error('TEST_DATABASE_URL manque : lancez le projet « adaptateurs ».');
  return server;
}

/** @param model la base à copier ; `null`, la base sera vide. */
export async function createFrom(model: string | null): Promise<OwnDatabase> {
  const server = testServer();
  const name = `essai_${randomUUID().replaceAll('-', '')}`;
  await runSql(server, `CREATE DATABASE ${name}${model === null ? '' : ` TEMPLATE ${model}`}`);
  const owner = new URL(server);
  owner.pathname = `/${name}`;
  return {
    url: asUser(owner.href, SERVICE_USER),
    ownerUrl: owner.href,
    drop: () => runSql(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** La même adresse, sous un autre rôle. */
export function asUser(url: string, user: string, password = ''): string {
  const changed = new URL(url);
  changed.username = user;
  changed.password = password;
  return changed.href;
}

/** Joue un ordre SQL, sur une connexion ouverte pour lui. */
export async function runSql(url: string, order: string): Promise<void> {
  const socket = new URL(url).searchParams.get('host');
  const client = new Client({ connectionString: url, ...(socket === null ? {} : { host: socket }) });
  await client.connect();
  try {
    await client.query(order);
  } finally {
    await client.end();
  }
}
