import { Client } from 'pg';
import { migrateOwnDatabase } from './migrate-own-database';
import type { OwnDatabase } from './own-database';
import { createFrom, testServer } from './own-database';

/** Tiré une fois au hasard : deux suites qui voudraient faire le modèle ensemble s'attendent. */
const MODEL_LOCK = 7_134_202_762;

/**
 * Crée une base à niveau, où le rôle du service est admis : la copie d'un modèle que la première suite fait pour toutes. Rejouer les
 * migrations coûte une demi-seconde, copier ce qu'elles ont fait un dixième ; ce qui éprouve les migrations part d'une base vide.
 */
export async function createMigratedDatabase(): Promise<OwnDatabase> {
  return createFrom(await modelDatabase());
}

async function modelDatabase(): Promise<string> {
  const model = process.env['TEST_DATABASE_MODELE'];
  if (model === undefined) throw new Error('TEST_DATABASE_MODELE manque : lancez le projet « adaptateurs ».');
  const server = testServer();
  const socket = new URL(server).searchParams.get('host');
  const client = new Client({ connectionString: server, ...(socket === null ? {} : { host: socket }) });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MODEL_LOCK]);
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [model]);
    if (rowCount === 0) await makeModel(client, model);
  } finally {
    await client.end();
  }
  return model;
}

/** Le nom ne vient qu'à la fin : un modèle commencé par une suite morte ne sert à personne. */
async function makeModel(client: Client, model: string): Promise<void> {
  const site = `${model}_chantier`;
  await client.query(`DROP DATABASE IF EXISTS ${site} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${site}`);
  const ownerUrl = new URL(testServer());
  ownerUrl.pathname = `/${site}`;
  await migrateOwnDatabase({ ownerUrl: ownerUrl.href });
  await client.query(`ALTER DATABASE ${site} RENAME TO ${model}`);
}
