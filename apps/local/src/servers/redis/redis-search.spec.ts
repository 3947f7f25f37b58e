import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { redisMissingText } from '../../texts.fr';
import { findRedis } from './redis-search';

describe('La recherche de Redis', () => {
  let folder: string;
  const room = (name: string): string => path.join(folder, name);
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'tlt-redis-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  function put(file: string, version: string): void {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\necho "${version}"\n`);
    chmodSync(file, 0o755);
  }
  const search = (options: Parameters<typeof findRedis>[0] = {}): ReturnType<typeof findRedis> =>
    findRedis({
      searchPath: `${room('bin')}:relatif`,
      cache: room('copie'),
      platform: 'linux',
      mayDownload: false,
      ...options,
    });

  it('prend d’abord le redis-server du PATH', async () => {
    put(room('bin/redis-server'), 'Redis server v=7.0.15 sha=00000000:0');
    put(room('bin/valkey-server'), 'Valkey server v=8.0.1 sha=00000000:0');
    expect(await search()).toMatchObject({
      ok: true,
      value: { file: room('bin/redis-server'), version: '7.0.15', libraries: '' },
    });
  });

  it('écarte une version trop ancienne pour BullMQ, et passe à valkey-server', async () => {
    put(room('bin/redis-server'), 'Redis server v=6.0.16 sha=00000000:0');
    put(room('bin/valkey-server'), 'Valkey server v=8.0.1 sha=00000000:0');
    expect(await search()).toMatchObject({ ok: true, value: { file: room('bin/valkey-server') } });
  });

  it('prend ensuite notre copie, avec ses bibliothèques', async () => {
    put(room('copie/usr/bin/redis-server'), 'Redis server v=7.0.15 sha=00000000:0');
    mkdirSync(room('copie/usr/lib/x86_64-linux-gnu'), { recursive: true });
    expect(await search()).toMatchObject({
      ok: true,
      value: { libraries: room('copie/usr/lib/x86_64-linux-gnu') },
    });
  });

  it('prend enfin les paquets Debian, en disant lesquels avant de le faire', async () => {
    const said: string[] = [];
    const unpack = (cache: string): Promise<{ ok: true; value: string }> => {
      said.push('(dépliage)');
      put(path.join(cache, 'usr/bin/redis-server'), 'Redis server v=7.0.15 sha=00000000:0');
      return Promise.resolve({ ok: true, value: cache });
    };
    expect(await search({ mayDownload: true, unpack, say: (line) => said.push(line) })).toMatchObject({
      ok: true,
    });
    expect(said[0]).toContain('paquets Debian redis-server');
    expect(said.at(-1)).toBe('(dépliage)');
  });

  it('ne prend rien sur le réseau quand c’est interdit', async () => {
    const unpack = (): Promise<never> => Promise.reject(new Error('le réseau a été touché'));
    expect(await search({ unpack })).toMatchObject({ ok: false });
  });

  it('échouée, dit en français tout ce qui a été tenté, et comment en avoir un', async () => {
    put(room('bin/redis-server'), 'Redis server v=6.0.16 sha=00000000:0');
    const unpack = (): Promise<{ ok: false; problem: string }> =>
      Promise.resolve({ ok: false, problem: 'apt-get update : pas de réseau' });
    const found = await search({ mayDownload: true, unpack });
    expect(found).toEqual({
      ok: false,
      problem: [
        'redis-server dans le PATH (version 6.0.16, il faut 6.2 ou plus)',
        'valkey-server dans le PATH (absent)',
        'paquets Debian (apt-get update : pas de réseau)',
      ],
    });
    const text = redisMissingText(found.ok ? [] : found.problem);
    expect(text).toContain('pas de réseau');
    expect(text).toContain('sudo apt-get install -y redis-server');
  });

  it('sur macOS, ne cherche jamais de paquets Debian', async () => {
    const found = await search({ platform: 'darwin', mayDownload: true });
    expect(found.ok ? [] : found.problem.join()).not.toContain('Debian');
  });
});
