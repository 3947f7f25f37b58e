import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LaunchFailure } from '../../launch-failure';
import { canReach } from '../account';
import type { Account } from '../account';

/** Les emplacements essayés, du plus durable au moins durable. */
const PLACES = [
  '/var/lib/teletransmission',
  '/var/tmp/teletransmission',
  path.join(os.tmpdir(), 'teletransmission'),
];

/**
 * Un dossier que le compte de PostgreSQL peut traverser, pour ce qui ne peut pas rester dans un projet fermé aux autres comptes.
 * Seul root en a besoin : un compte ordinaire lance PostgreSQL sous son propre nom.
 */
export function roomOutside(account: Account | null, places: readonly string[] = PLACES): string {
  const room = places.find((place) => isUsable(place, account));
  if (room !== undefined) return room;
  throw new LaunchFailure(
    'local/no-room-for-postgres',
    `PostgreSQL ne peut pas entrer dans ce dossier, et aucun autre emplacement n'a convenu (${places.join(', ')}). ` +
      'Indiquez un dossier ouvert à tous en passage, par exemple : npm start -- --data /srv/teletransmission',
  );
}

/** Vrai si `folder` est dans l'un de ces emplacements : on n'efface jamais rien d'autre sur la foi d'un fichier. */
export function isInRoomOutside(folder: string, places: readonly string[] = PLACES): boolean {
  return places.some((place) => path.resolve(folder).startsWith(`${place}${path.sep}`));
}

function isUsable(place: string, account: Account | null): boolean {
  try {
    mkdirSync(place, { recursive: true, mode: 0o755 });
    const { uid } = lstatSync(place);
    if (uid !== process.getuid?.()) return false;
    chmodSync(place, 0o755);
    return canReach(account, place, 'x');
  } catch {
    return false;
  }
}
