import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** Un `redis-server` ou un `valkey-server` que l'on peut lancer. */
export interface RedisProgram {
  readonly file: string;
  /** Bibliothèques dépliées à côté, pour `LD_LIBRARY_PATH` ; vide quand le système les a. */
  readonly libraries: string;
  readonly version: string;
  /** D'où il vient, en français, pour les personnes. */
  readonly origin: string;
}

/** BullMQ demande Redis 6.2 ou plus. */
const OLDEST: readonly [number, number] = [6, 2];

/** Le chemin d'un programme dans une liste de dossiers séparés par `:`, ou `null`. */
export function executableIn(searchPath: string, name: string): string | null {
  for (const folder of searchPath.split(path.delimiter).filter((one) => path.isAbsolute(one))) {
    const file = path.join(folder, name);
    if (isExecutable(file)) return file;
  }
  return null;
}

/** Le programme de ce fichier s'il dit une version assez récente, sinon un texte qui dit pourquoi il ne convient pas. */
export function examineRedis(file: string, origin: string, libraries = ''): RedisProgram | string {
  const { stdout, status } = spawnSync(file, ['--version'], {
    encoding: 'utf8',
    env: { LD_LIBRARY_PATH: libraries },
    timeout: 10_000,
  });
  const [, version] = /\bv=(\d+\.\d+(?:\.\d+)*)/.exec(status === 0 ? stdout : '') ?? [];
  if (version === undefined) return 'ne se lance pas';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isRecent = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  return isRecent
    ? { file, origin, libraries, version }
    : `version ${version}, il faut ${OLDEST.join('.')} ou plus`;
}

/** Les dossiers de bibliothèques d'une arborescence dépliée, joints par `:` (le nom du triplet dépend de la machine). */
export function librariesIn(root: string): string {
  return ['lib', path.join('usr', 'lib')]
    .map((folder) => path.join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => path.join(folder, name)))
    .filter((folder) => statSync(folder).isDirectory() && folder.includes('-linux-'))
    .join(':');
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
