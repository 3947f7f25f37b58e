import { createHash } from 'node:crypto';
import { chmodSync, chownSync, lstatSync, mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LaunchFailure } from '../launch-failure';
import type { Account } from './account';

/** Longueur au-delà de laquelle le dossier temporaire ne laisse plus la place du nom de la prise : 107 octets en tout (unix(7)). */
const LONGEST_TEMPORARY = 70;

/** Seize chiffres tirés d'un chemin et du compte : deux projets, ou deux personnes, ne se gênent pas. */
export function shortNameOf(folder: string): string {
  const owner = process.getuid?.() ?? 0;
  return createHash('sha256')
    .update(`${owner}:${path.resolve(folder)}`)
    .digest('hex')
    .slice(0, 16);
}

/** Le dossier court où mettre la prise unix d'un serveur dont les fichiers sont dans `folder`, toujours le même pour ce dossier. */
export function socketFolderOf(folder: string, temporary: string = os.tmpdir()): string {
  const parent = Buffer.byteLength(temporary) > LONGEST_TEMPORARY ? '/tmp' : temporary;
  return path.join(parent, `tlt-${shortNameOf(folder)}`);
}

/**
 * Ouvre ce dossier, fermé aux autres comptes, et le donne au compte du serveur.
 * Le nom est devinable et `/tmp` est à tous : un dossier déjà là qui n'est ni à nous ni au serveur est refusé.
 */
export function openSocketFolder(socketFolder: string, account: Account | null): void {
  mkdirSync(socketFolder, { recursive: true, mode: 0o700 });
  const found = lstatSync(socketFolder);
  const owners = [process.getuid?.() ?? found.uid, account?.uid];
  if (!found.isDirectory() || !owners.includes(found.uid)) {
    throw new LaunchFailure(
      'local/socket-folder-taken',
      `Le dossier ${socketFolder} appartient à un autre compte. Supprimez-le, ou choisissez un autre dossier temporaire par TMPDIR.`,
    );
  }
  chmodSync(socketFolder, 0o700);
  if (account) chownSync(socketFolder, account.uid, account.gid);
}
