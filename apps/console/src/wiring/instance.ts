import type { Concern, Settings } from '@teletransmission/config';
import { InvalidSettings, loadSettings, readEnvironment } from '@teletransmission/config';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { misused } from '../output/outcome';
import { jsonOf } from '../output/read-json-file';

/** Le dossier où un lancement local dit comment le joindre. */
const LOCAL_FOLDER = '.donnees';

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

function localFolder(): string {
  return readEnvironment().TELETRANSMISSION_DONNEES ?? path.resolve(LOCAL_FOLDER);
}

/**
 * Les réglages d'une commande : l'environnement d'abord, puis le lancement local en cours s'il y en a un.
 * @throws CommandFailure quand rien ne dit où est la base.
 */
export function settingsOf<C extends Concern>(concerns: readonly C[]): Pick<Settings, C> {
  const env = readEnvironment();
  const local = env.DATABASE_URL === undefined ? readLocal(path.join(localFolder(), 'services.json')) : {};
  try {
    return loadSettings({ ...local, ...env }, concerns);
  } catch (error) {
    if (!(error instanceof InvalidSettings)) throw error;
    throw misused(
      `${error.message}\nLancez « npm start » dans un autre terminal, ou donnez ces réglages.`,
      'console/settings',
    );
  }
}

/** Le jeton d'une commande : celui de l'option, de l'environnement, ou du lancement local pour ce rôle. */
export function jetonOf(option: string | undefined, role: string): string {
  const jeton =
    option ??
    readEnvironment().TELETRANSMISSION_JETON ??
    readLocal(path.join(localFolder(), 'jetons.json'))[role];
  if (jeton === undefined) {
    throw misused(
      'Donnez un jeton : option --jeton, ou variable TELETRANSMISSION_JETON.',
      'console/no-token',
    );
  }
  return jeton;
}
