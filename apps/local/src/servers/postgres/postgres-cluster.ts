import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lastLines, quoteLines } from '../../journal-tail';
import { LaunchFailure, systemCodeOf } from '../../launch-failure';
import { runToEnd } from '../../run-to-end';
import type { ShortRun } from '../../run-to-end';
import { canReach } from '../account';
import type { Account } from '../account';
import type { PostgresBinaries } from './postgres-binaries';
import { shortNameOf } from '../socket-folder';

/** Nom du compte PostgreSQL que crée l'installation ; il en est l'administrateur. */
export const POSTGRES_USER = 'app';

/** Nom du compte PostgreSQL du service. */
export const SERVICE_USER = 'service';

/** Le fichier qui dit où sont les données quand elles n'ont pas pu rester dans le dossier demandé. */
export function pointerOf(clusterFolder: string): string {
  return `${clusterFolder}.ailleurs`;
}

/**
 * Le dossier où PostgreSQL tient vraiment ses fichiers : `wanted`, ou, quand root travaille dans un dossier où le compte de
 * PostgreSQL ne peut pas entrer, un dossier hors du projet dont l'adresse est gardée à côté.
 */
export function placeCluster(wanted: string, account: Account | null, room: () => string): string {
  const pointer = pointerOf(wanted);
  if (existsSync(pointer)) return readFileSync(pointer, 'utf8').trim();
  if (existsSync(path.join(wanted, 'PG_VERSION')) && canReach(account, wanted, 'x')) return wanted;
  if (canHold(path.dirname(wanted), account)) return wanted;
  const elsewhere = path.join(room(), `postgres-${shortNameOf(wanted)}`);
  writeFileSync(pointer, `${elsewhere}\n`);
  return elsewhere;
}

/** On essaie pour de bon : certains montages refusent à root de donner un dossier à un autre compte. */
function canHold(parent: string, account: Account | null): boolean {
  if (!account) return true;
  const trial = path.join(parent, `.essai-${process.pid}`);
  try {
    mkdirSync(trial, { recursive: true });
    chownSync(trial, account.uid, account.gid);
    return canReach(account, trial, 'w');
  } catch {
    return false;
  } finally {
    rmSync(trial, { recursive: true, force: true });
  }
}

/** Refuse (`local/postgres-other-major`) un dossier écrit par une autre version majeure : PostgreSQL ne saurait pas le lire. */
export function refuseOtherMajor(cluster: string, binaries: PostgresBinaries): void {
  let written: string;
  try {
    written = readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8').trim();
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return;
    throw new LaunchFailure(
      'local/postgres-unreadable',
      `Les données de PostgreSQL (${cluster}) ne sont pas lisibles par ce compte.`,
      {
        cause: error,
      },
    );
  }
  if (written === binaries.major) return;
  throw new LaunchFailure(
    'local/postgres-other-major',
    `Les données de ${cluster} ont été écrites par PostgreSQL ${written}, et celui-ci est PostgreSQL ${binaries.major} : il ne sait pas les lire. ` +
      `Reprenez la version du projet qui les a écrites, ou transférez-les (pg_dump depuis PostgreSQL ${written}), ` +
      'ou repartez de rien avec « npm start -- --fresh », qui EFFACE ces données.',
  );
}

/**
 * Crée le dossier de données s'il manque, avec la base `database`. Tout se fait à côté, puis un seul renommage : une création
 * interrompue recommence de zéro. Tri `C.UTF-8` fourni par PostgreSQL : le même sur toute machine, macOS compris.
 */
export async function createClusterIfAbsent(
  cluster: string,
  binaries: PostgresBinaries,
  account: Account | null,
  database: string,
  signal?: AbortSignal,
): Promise<void> {
  if (existsSync(path.join(cluster, 'PG_VERSION'))) return;
  const unfinished = `${cluster}.inacheve`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  if (account) chownSync(unfinished, account.uid, account.gid);
  const env = { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
  const run = (name: string, args: readonly string[], input = ''): Promise<void> =>
    runPostgres({ program: path.join(binaries.native, 'bin', name), args, input, account, env, signal });
  await run('initdb', [
    ...['-D', unfinished, '-U', POSTGRES_USER, '-A', 'trust', '-E', 'UTF8', '--no-sync', '--no-instructions'],
    ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ]);
  // Le paquet n'a ni psql ni createdb : le mode « un seul utilisateur » crée la base sans client.
  if (database !== 'postgres')
    await run(
      'postgres',
      ['--single', '-F', '-D', unfinished, 'postgres'],
      `CREATE DATABASE "${database}";\n`,
    );
  rmSync(cluster, { recursive: true, force: true });
  renameSync(unfinished, cluster);
}

async function runPostgres(run: ShortRun): Promise<void> {
  const { status, stdout, stderr } = await runToEnd(run);
  if (status === 0) return;
  throw new LaunchFailure(
    'local/postgres-not-created',
    `La base de données n'a pas pu être créée (${path.basename(run.program)}, code ${String(status)}).` +
      quoteLines('Ce que PostgreSQL en dit :', lastLines(`${stdout}\n${stderr}`)),
  );
}
