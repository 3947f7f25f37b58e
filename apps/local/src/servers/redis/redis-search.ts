import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Result } from '@teletransmission/kernel';
import { findProjectRoot } from '../../project-root';
import { DEBIAN_PACKAGES_TEXT, unpackRedisFromDebian } from './redis-debian';
import { examineRedis, executableIn, librariesIn } from './redis-program';
import type { RedisProgram } from './redis-program';

/** Où et comment chercher Redis. Tout est facultatif : par défaut, cette machine. */
export interface RedisSearch {
  readonly searchPath?: string;
  readonly platform?: NodeJS.Platform;
  /** Dossier de notre copie. */
  readonly cache?: string;
  /** Faux pour ne rien prendre sur le réseau. */
  readonly mayDownload?: boolean;
  readonly say?: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
  readonly unpack?: typeof unpackRedisFromDebian;
}

/** Ce qui a été tenté, en français, dans l'ordre. */
export type RedisAttempts = readonly string[];

const NAMES = ['redis-server', 'valkey-server'] as const;
const BREW_FORMULAS = ['redis', 'valkey'] as const;

/** Notre copie de Redis : avec les dépendances du projet, comme elles refaite en une commande. */
export function redisCacheOf(projectRoot: string): string {
  return path.join(projectRoot, 'node_modules', '.cache', 'teletransmission', `redis-${process.arch}`);
}

/**
 * Cherche un Redis à lancer : le PATH, notre copie, Homebrew (macOS), puis les paquets Debian, pris et dépliés sans root.
 * On n'utilise jamais un serveur que l'on n'a pas lancé soi-même. Le refus porte la liste de ce qui a été tenté.
 */
export async function findRedis(search: RedisSearch = {}): Promise<Result<RedisProgram, RedisAttempts>> {
  const attempts: string[] = [];
  const cache = search.cache ?? redisCacheOf(findProjectRoot());
  const found =
    inPath(search, attempts) ??
    inCache(cache, attempts) ??
    inBrew(search, attempts) ??
    (await inDebian(search, cache, attempts));
  return found ? { ok: true, value: found } : { ok: false, problem: attempts };
}

function inPath(search: RedisSearch, attempts: string[]): RedisProgram | null {
  for (const name of NAMES) {
    const file = executableIn(search.searchPath ?? process.env['PATH'] ?? '', name);
    const found = file === null ? 'absent' : examineRedis(file, `${name} du PATH`);
    if (typeof found !== 'string') return found;
    attempts.push(`${name} dans le PATH (${found})`);
  }
  return null;
}

function inCache(cache: string, attempts: string[]): RedisProgram | null {
  const file = path.join(cache, 'usr', 'bin', 'redis-server');
  if (!existsSync(file)) return null;
  const found = examineRedis(file, 'notre copie des paquets Debian', librariesIn(cache));
  if (typeof found !== 'string') return found;
  attempts.push(`notre copie (${found})`);
  return null;
}

function inBrew(search: RedisSearch, attempts: string[]): RedisProgram | null {
  if ((search.platform ?? process.platform) !== 'darwin') return null;
  for (const formula of BREW_FORMULAS) {
    const { stdout, status } = spawnSync('brew', ['--prefix', formula], { encoding: 'utf8' });
    const file = status === 0 ? executableIn(path.join(stdout.trim(), 'bin'), `${formula}-server`) : null;
    const found = file === null ? 'absent' : examineRedis(file, `Homebrew, ${formula}`);
    if (typeof found !== 'string') return found;
    attempts.push(`Homebrew, ${formula} (${found})`);
  }
  return null;
}

async function inDebian(
  search: RedisSearch,
  cache: string,
  attempts: string[],
): Promise<RedisProgram | null> {
  if ((search.platform ?? process.platform) !== 'linux') return null;
  if (search.mayDownload === false) {
    attempts.push('paquets Debian (téléchargement interdit par TELETRANSMISSION_SANS_TELECHARGEMENT)');
    return null;
  }
  search.say?.(
    `Redis : ni redis-server ni valkey-server dans le PATH ; je prends les ${DEBIAN_PACKAGES_TEXT},`,
  );
  search.say?.(`        dépliés dans ${cache}, sans rien installer.`);
  const unpacked = await (search.unpack ?? unpackRedisFromDebian)(cache, search.signal);
  search.signal?.throwIfAborted();
  const found = unpacked.ok
    ? examineRedis(path.join(cache, 'usr', 'bin', 'redis-server'), 'paquets Debian', librariesIn(cache))
    : unpacked.problem;
  if (typeof found !== 'string') return found;
  attempts.push(`paquets Debian (${found})`);
  return null;
}
