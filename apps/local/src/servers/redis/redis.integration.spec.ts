import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Redis from 'ioredis';
import type { RunningServer } from '../running-server';
import { startRedis } from './redis';

describe('Redis privé', () => {
  let folder: string;
  const running: RunningServer[] = [];
  const clients: Redis[] = [];
  const start = async (options: Partial<Parameters<typeof startRedis>[0]> = {}): Promise<RunningServer> => {
    const server = await startRedis({
      folder: path.join(folder, 'redis'),
      journal: path.join(folder, 'redis.log'),
      ...options,
    });
    running.push(server);
    return server;
  };
  const connect = (url: string): Redis => {
    const client = new Redis({
      path: url.replace(/^unix:/, ''),
      retryStrategy: () => null,
      disconnectTimeout: 10,
    });
    client.on('error', () => undefined);
    clients.push(client);
    return client;
  };
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'tlt-redis-'));
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.disconnect();
    await Promise.all(running.splice(0).map((server) => server.stop()));
    rmSync(folder, { recursive: true });
  });

  it('n’ouvre aucun port, n’évince rien, et tient le journal de ses écritures', async () => {
    const { url } = await start();
    const client = connect(url);
    const settings = await Promise.all(
      ['port', 'maxmemory-policy', 'appendonly', 'appendfsync', 'save'].map(
        async (name) => (await client.config('GET', name)) as unknown,
      ),
    );
    expect(JSON.stringify(settings)).toBe(
      JSON.stringify([
        ['port', '0'],
        ['maxmemory-policy', 'noeviction'],
        ['appendonly', 'yes'],
        ['appendfsync', 'everysec'],
        ['save', ''],
      ]),
    );
  });

  it('arrêté puis relancé, rend ce qu’il tenait', async () => {
    const first = await start();
    await connect(first.url).set('tâche', 'à faire');
    await first.stop();
    const second = await start();
    expect(await connect(second.url).get('tâche')).toBe('à faire');
  });

  it('laissé par un lanceur mort, est arrêté avant qu’un autre prenne ses fichiers', async () => {
    const abandoned = await start();
    await connect(abandoned.url).set('tâche', 'à faire');
    const heir = await start();
    await abandoned.ended;
    expect(await connect(heir.url).get('tâche')).toBe('à faire');
  });

  it('introuvable, le dit avec ce qui a été tenté', async () => {
    const search = { searchPath: '', cache: path.join(folder, 'vide'), mayDownload: false };
    await expect(start({ search })).rejects.toMatchObject({ code: 'local/redis-not-found' });
  });

  it('qui meurt aussitôt, montre la fin de son journal', async () => {
    const file = path.join(folder, 'bin', 'redis-server');
    mkdirSync(path.dirname(file));
    writeFileSync(file, '#!/bin/sh\necho "plus de mémoire" >&2\nexit 1\n');
    chmodSync(file, 0o755);
    const program = { file, libraries: '', version: '7.0.15', origin: 'essai' };
    await expect(start({ program })).rejects.toThrow(/Redis s'est arrêté aussitôt[^]*\| plus de mémoire/);
  });
});
