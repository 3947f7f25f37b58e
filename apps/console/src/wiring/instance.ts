import type { Concern, Settings } from '@teletransmission/config';
import {
  fileKeyOf,
  InvalidSettings,
  loadSettings,
  readEnvironment,
  readSecretFile,
} from '@teletransmission/config';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { misused } from '../output/outcome';
import { jsonOf } from '../output/read-json-file';

/** Le dossier où un lancement local dit comment le joindre. */
const LOCAL_FOLDER = '.donnees';
/** Où un lancement dans un autre dossier (`--data`) dit lequel. */
const LOCAL_POINTER = '.instance-locale';
const SERVICES = 'services.json';

/** Ce qu'un lancement local a écrit là, ou rien. @throws CommandFailure quand le fichier y est et ne se lit pas. */
function readLocal(file: string): Record<string, string> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    return {};
  }
  const parsed = jsonOf(bytes, file);
  return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, string>) : {};
}

let chosen: string | undefined;

/** Retient l'instance que l'option `--data` désigne, pour toute la commande. */
export function chooseInstance(folder: string | undefined): void {
  chosen = folder === undefined ? undefined : path.resolve(folder);
}

/** L'instance désignée, sinon celle du dossier habituel si elle tourne, sinon celle qu'un lancement `--data` a laissée savoir. */
function localFolder(): string {
  const given = chosen ?? readEnvironment().TELETRANSMISSION_DONNEES;
  if (given !== undefined) return given;
  const usual = path.resolve(LOCAL_FOLDER);
  if (existsSync(path.join(usual, SERVICES))) return usual;
  return readText(path.resolve(LOCAL_POINTER)) ?? usual;
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** Ce qui règle une commande : l'environnement, et l'instance locale. Désignée en toutes lettres, celle-ci l'emporte sur lui. */
export function environment(): Readonly<Record<string, string | undefined>> {
  const env = readEnvironment();
  const isGiven = env.DATABASE_URL !== undefined || env.DATABASE_URL_FILE !== undefined;
  if (chosen === undefined && isGiven) return env;
  const local = readLocal(path.join(localFolder(), SERVICES));
  if (chosen === undefined) return { ...local, ...env };
  // Un secret donné par un fichier le serait deux fois.
  const files = Object.keys(local).map((key) => [`${key}_FILE`, undefined] as const);
  return { ...env, ...Object.fromEntries(files), ...local };
}

/**
 * Les réglages d'une commande : l'environnement d'abord, puis le lancement local en cours s'il y en a un.
 * @throws CommandFailure quand rien ne dit où est la base.
 */
export function settingsOf<C extends Concern>(concerns: readonly C[]): Pick<Settings, C> {
  try {
    return loadSettings(environment(), concerns);
  } catch (error) {
    if (!(error instanceof InvalidSettings)) throw error;
    throw misused(
      `${error.message}\nLancez « npm start » dans un autre terminal, désignez son dossier par --data, ou donnez ces réglages.`,
      'console/settings',
    );
  }
}

/** Le réglage qui porte le jeton d'une commande ; il a aussi son fichier. */
const JETON = 'TELETRANSMISSION_JETON';
const STANDARD_INPUT = '-';

/**
 * Le jeton d'une commande : celui de l'entrée standard (`--jeton -`), de l'environnement, de son fichier, ou du lancement local pour ce rôle. Écrit
 * sur la ligne de commande, il sert encore, et l'on dit qui d'autre a pu le lire.
 */
export async function jetonOf(option: string | undefined, role: string): Promise<string> {
  if (option !== undefined && option !== STANDARD_INPUT) {
    process.stderr.write(
      `Attention : un jeton écrit sur la ligne de commande se lit dans la liste des processus et l’historique du terminal. « --jeton - » le lit ` +
        `sur l’entrée ; ${JETON} et ${fileKeyOf(JETON)} le donnent aussi. « compte renouveler » en donne un neuf.\n`,
    );
    return option;
  }
  const jeton = option === STANDARD_INPUT ? await readInput() : givenJeton(role);
  if (jeton === undefined || jeton === '')
    throw misused(
      `Donnez un jeton : « --jeton - » le lit sur l’entrée, ou posez ${JETON} (${fileKeyOf(JETON)} pour un fichier), ou désignez par --data une instance locale qui tourne.`,
      'console/no-token',
    );
  return jeton;
}

function givenJeton(role: string): string | undefined {
  const env = readEnvironment();
  if (env[JETON] !== undefined) return env[JETON];
  const file = env[fileKeyOf(JETON)];
  if (file === undefined) return readLocal(path.join(localFolder(), 'jetons.json'))[role];
  const read = readSecretFile(file);
  if ('fault' in read) throw misused(`${fileKeyOf(JETON)} : ${read.fault}.`, 'console/no-token');
  return read.secret.trim();
}

async function readInput(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('Jeton, puis Entrée et Ctrl-D : ');
  return (await text(process.stdin)).trim();
}
