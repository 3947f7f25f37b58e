import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startPostgres } from '../../apps/local/src/servers/postgres/postgres';
import { startRedis } from '../../apps/local/src/servers/redis/redis';
import type { RunningServer } from '../../apps/local/src/servers/running-server';
import { runSql } from './own-database';

/** Les serveurs d'une série d'essais, et de quoi les arrêter. */
export interface TestServices {
  stop(): Promise<void>;
}

/**
 * Lance un PostgreSQL et un Redis jetables, et les annonce aux essais par l'environnement :
 * `TEST_DATABASE_URL` (compte administrateur, base `postgres` : chaque suite crée la sienne), `TEST_DATABASE_MODELE` (le nom d'une base à
 * niveau, que la première suite fait et que les autres copient) et `TEST_REDIS_URL`.
 * Une adresse déjà donnée est gardée, et le serveur n'est pas lancé. Si Jest meurt, un gardien arrête tout et efface le dossier.
 */
export async function startTestServices(): Promise<TestServices> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tlt-essais-'));
  // Sous root, PostgreSQL change de compte et doit pouvoir traverser ce dossier.
  chmodSync(folder, 0o711);
  const running = new Map<string, RunningServer>();
  const model = process.env['TEST_DATABASE_MODELE'] ?? null;
  const stop = async (): Promise<void> => {
    // Sur un serveur donné, le modèle survivrait à la série ; sur le nôtre, il part avec lui.
    const server = process.env['TEST_DATABASE_URL'];
    const made = process.env['TEST_DATABASE_MODELE'];
    if (model === null && made !== undefined) {
      if (server !== undefined && !running.has('TEST_DATABASE_URL'))
        await runSql(server, `DROP DATABASE IF EXISTS ${made} WITH (FORCE)`);
      Reflect.deleteProperty(process.env, 'TEST_DATABASE_MODELE');
    }
    await Promise.all([...running.values()].map((server) => server.stop()));
    // Jest en mode guet relance tout dans le même processus : une adresse morte y passerait pour une adresse donnée.
    for (const variable of running.keys()) Reflect.deleteProperty(process.env, variable);
    rmSync(folder, { recursive: true, force: true });
  };
  const provide = async (
    variable: string,
    start: (folder: string) => Promise<RunningServer>,
  ): Promise<void> => {
    if (process.env[variable]) return;
    const server = await start(folder);
    running.set(variable, server);
    process.env[variable] = server.url;
  };
  try {
    await provide('TEST_DATABASE_URL', startPostgresIn);
    process.env['TEST_DATABASE_MODELE'] ??= `modele_${randomBytes(8).toString('hex')}`;
    await provide('TEST_REDIS_URL', startRedisIn);
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function startPostgresIn(folder: string): Promise<RunningServer> {
  return startPostgres({
    folder: path.join(folder, 'postgres'),
    journal: path.join(folder, 'postgres.log'),
    database: 'postgres',
    durable: false,
    erasedIfOrphan: [folder],
  });
}

function startRedisIn(folder: string): Promise<RunningServer> {
  return startRedis({
    folder: path.join(folder, 'redis'),
    journal: path.join(folder, 'redis.log'),
    durable: false,
    search: {
      mayDownload: process.env['TELETRANSMISSION_SANS_TELECHARGEMENT'] !== '1',
      say: (line) => process.stderr.write(`${line}\n`),
    },
  });
}
