import path from 'node:path';
import { lastLines, quoteLines } from '../journal-tail';
import { LaunchFailure } from '../launch-failure';
import { runToEnd } from '../run-to-end';
import type { Environment } from './environment';

/** Les jetons de la séance, un par rôle. */
export interface Jetons {
  readonly deposant: string;
  readonly operateur: string;
  readonly auditeur: string;
  readonly administrateur: string;
}

/** Ce que rend la préparation : la base est à jour, la collectivité de référence existe. */
export interface Preparation {
  readonly jetons: Jetons;
  /** Chemin du dossier de la délibération de référence (JSON), à côté de ses pièces. */
  readonly dossier: string;
  /** Nombre de migrations jouées cette fois. */
  readonly migrations: number;
}

const ROLES = ['deposant', 'operateur', 'auditeur', 'administrateur'] as const;
const PRELOADED = path.join(__dirname, 'attached-child.cjs');

/**
 * Lance une fois la console (`local amorcer`) et lit le JSON de sa dernière ligne.
 * Échoue (`local/preparation-failed`) en montrant ce qu'elle a dit.
 */
export async function prepareInstance(
  script: string,
  referenceFolder: string,
  environment: Environment,
  signal: AbortSignal,
): Promise<Preparation> {
  const args = ['--require', PRELOADED, script, 'local', 'amorcer', '--sortie', referenceFolder, '--json'];
  const run = {
    program: process.execPath,
    args,
    env: environment,
    cwd: process.cwd(),
    isAttached: true,
    signal,
  };
  const { status, stdout, stderr } = await runToEnd(run);
  if (status !== 0)
    throw preparationFailure(`code ${String(status)}`, stderr.trim() === '' ? refusalIn(stdout) : stderr);
  const preparation = readPreparation(lastLines(stdout, 1)[0] ?? '');
  if (preparation === null) throw preparationFailure('réponse incomprise', stdout);
  return preparation;
}

/** La phrase d'un refus que la console a rendu en JSON ; à défaut, ce qu'elle a écrit. */
function refusalIn(stdout: string): string {
  try {
    const { erreur } = JSON.parse(lastLines(stdout, 1)[0] ?? '') as { erreur?: { detail?: unknown } };
    return typeof erreur?.detail === 'string' ? erreur.detail : stdout;
  } catch {
    return stdout;
  }
}

function readPreparation(line: string): Preparation | null {
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof read !== 'object' || read === null || !('jetons' in read) || !('dossier' in read)) return null;
  const { jetons, dossier } = read;
  if (typeof dossier !== 'string' || typeof jetons !== 'object' || jetons === null) return null;
  const known = new Map<string, unknown>(Object.entries(jetons));
  if (!ROLES.every((role) => typeof known.get(role) === 'string')) return null;
  const migrations = 'migrations' in read && typeof read.migrations === 'number' ? read.migrations : 0;
  return { jetons: jetons as Jetons, dossier, migrations };
}

function preparationFailure(what: string, output: string): LaunchFailure {
  return new LaunchFailure(
    'local/preparation-failed',
    `La préparation de la base n'a pas abouti (${what}).${quoteLines('Ce que la console en dit :', lastLines(output))}`,
  );
}
