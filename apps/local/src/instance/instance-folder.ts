import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { LaunchFailure, systemCodeOf } from '../launch-failure';
import { pointerOf } from '../servers/postgres/postgres-cluster';
import { isInRoomOutside } from '../servers/postgres/room-outside';

/** Les lieux d'une instance, tous dans un seul dossier. */
export interface InstanceFolder {
  readonly root: string;
  readonly lock: string;
  readonly postgres: string;
  readonly redis: string;
  readonly journals: string;
  readonly reference: string;
  readonly stockage: string;
  readonly prefecture: string;
  readonly archives: string;
  readonly jetons: string;
  readonly addresses: string;
}

const MARKER = '.teletransmission';
const LOCK = 'verrou.json';

/** Les lieux de l'instance du dossier `root`. */
export function instanceFolderAt(root: string): InstanceFolder {
  const at = (name: string): string => path.join(root, name);
  return {
    root,
    lock: at(LOCK),
    postgres: at('postgres'),
    redis: at('redis'),
    journals: at('journaux'),
    reference: at('reference'),
    stockage: at('stockage'),
    prefecture: at('prefecture'),
    archives: at('archives'),
    jetons: at('jetons.json'),
    addresses: at('services.json'),
  };
}

/**
 * Crée le dossier, ou vérifie qu'il est à nous : vide, ou déjà marqué. Un dossier qui contient autre chose est refusé,
 * pour ne jamais mêler une base de données à des papiers. Échoue par `LaunchFailure` quand il est fermé ou illisible.
 */
export function openInstanceFolder(folder: InstanceFolder): void {
  try {
    mkdirSync(folder.root, { recursive: true, mode: 0o700 });
    // Sous root, PostgreSQL tourne sous un autre compte, qui doit traverser ce dossier sans pouvoir le lire.
    if (process.getuid?.() === 0 && statSync(folder.root).uid === 0) chmodSync(folder.root, 0o711);
    const names = readdirSync(folder.root);
    if (names.length > 0 && !names.includes(MARKER)) throw foreignFolder(folder.root);
    writeFileSync(
      path.join(folder.root, MARKER),
      "Dossier d'une instance de télétransmission : « npm start -- --fresh » l'efface.\n",
    );
    for (const room of [
      folder.journals,
      folder.reference,
      folder.stockage,
      folder.prefecture,
      folder.archives,
    ]) {
      mkdirSync(room, { recursive: true, mode: 0o700 });
    }
  } catch (error) {
    if (error instanceof LaunchFailure) throw error;
    throw closedFolder(folder.root, error);
  }
}

/** Efface tout ce que l'instance a écrit, sauf sa marque et son verrou. Le dossier doit avoir été ouvert et verrouillé par nous. */
export function wipeInstanceFolder(folder: InstanceFolder): void {
  const pointer = pointerOf(folder.postgres);
  if (existsSync(pointer)) {
    const elsewhere = readFileSync(pointer, 'utf8').trim();
    if (isInRoomOutside(elsewhere)) rmSync(elsewhere, { recursive: true, force: true });
  }
  for (const name of readdirSync(folder.root).filter((one) => one !== MARKER && one !== LOCK)) {
    rmSync(path.join(folder.root, name), { recursive: true, force: true });
  }
  openInstanceFolder(folder);
}

function foreignFolder(root: string): LaunchFailure {
  return new LaunchFailure(
    'local/foreign-folder',
    `Le dossier ${root} contient déjà autre chose, et n'est pas celui d'une instance : rien n'y a été touché. ` +
      'Choisissez un dossier vide ou nouveau : npm start -- --data UN_AUTRE_DOSSIER',
  );
}

function closedFolder(root: string, error: unknown): LaunchFailure {
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'ce compte ne peut pas le lire ou y écrire',
    EPERM: 'ce compte ne peut pas le lire ou y écrire',
    EROFS: 'il est sur un disque en lecture seule',
    ENOSPC: 'le disque est plein',
    ENOTDIR: "ce chemin n'est pas un dossier",
    EEXIST: "ce chemin n'est pas un dossier",
  };
  const reason = reasons[systemCodeOf(error)] ?? String(error);
  return new LaunchFailure(
    'local/closed-folder',
    `Le dossier des données ${root} n'est pas utilisable : ${reason}. Corrigez-le, ou choisissez-en un autre : npm start -- --data UN_AUTRE_DOSSIER`,
    { cause: error },
  );
}
