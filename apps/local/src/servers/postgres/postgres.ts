import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { lastLinesOf } from '../../journal-tail';
import { LaunchFailure } from '../../launch-failure';
import type { Patience } from '../../patience';
import { findProjectRoot } from '../../project-root';
import { accountForPostgres } from '../account';
import { findPostgresBinaries } from './postgres-binaries';
import {
  createClusterIfAbsent,
  placeCluster,
  POSTGRES_USER,
  refuseOtherMajor,
  SERVICE_USER,
} from './postgres-cluster';
import { answersAsPostgres } from './postgres-probe';
import { stopPreviousServer } from '../previous-server';
import { roomOutside } from './room-outside';
import { launchServer } from '../running-server';
import type { RunningServer } from '../running-server';
import { openSocketFolder, socketFolderOf } from '../socket-folder';

/** Comment lancer le PostgreSQL livré avec le projet. */
export interface PostgresOptions {
  /** Dossier de ses données ; créé s'il manque. */
  readonly folder: string;
  /** Fichier où va son journal, ajouté à la suite. */
  readonly journal: string;
  /** Base créée à la première fois ; `teletransmission` par défaut. */
  readonly database?: string;
  /** Faux pour les essais seulement : plus rapide, mais une coupure de courant peut tout perdre. Vrai par défaut. */
  readonly durable?: boolean;
  /** Racine du projet, où chercher les programmes dans `node_modules`. */
  readonly projectRoot?: string;
  /** Sous root, où mettre ce qui ne peut pas rester dans un projet fermé aux autres comptes ; par défaut `/var/lib/teletransmission`. */
  readonly placesOutside?: readonly string[];
  readonly signal?: AbortSignal | undefined;
  readonly patience?: Partial<Patience>;
  /** Dossiers effacés par le gardien si notre processus meurt sans arrêter le serveur (essais) ; celui de la prise l'est toujours. */
  readonly erasedIfOrphan?: readonly string[];
}

/** PostgreSQL, lancé. */
export interface RunningPostgres extends RunningServer {
  /** Où sont vraiment ses données : le dossier demandé, ou sous root un autre, quand il ne peut pas y entrer. */
  readonly folder: string;
  /** La même base sous le rôle du service, qui ne possède rien ; la console le crée en mettant la base à niveau. */
  readonly serviceUrl: string;
}

const UNSAFE_BUT_FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
const SOCKET_PORT = 5432;
const LEFTOVERS_WITHIN_MS = 10_000;

/**
 * Lance PostgreSQL sur une prise unix, sans aucun port, et attend qu'il ouvre une session. Marche sous root, où il prend le
 * compte `postgres` ou `nobody`. Le compte `app` est administrateur : `url` permet de créer d'autres bases ; le service a le sien.
 * Échoue par `LaunchFailure` (programmes absents, autre version majeure, dossier fermé…), sans rien laisser derrière.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const account = accountForPostgres();
  if (process.getuid?.() === 0 && !account) throw noAccount();
  mkdirSync(path.dirname(options.folder), { recursive: true });
  const room = (): string => roomOutside(account, options.placesOutside);
  const cluster = placeCluster(path.resolve(options.folder), account, room);
  const binaries = findPostgresBinaries(options.projectRoot ?? findProjectRoot(), account, () =>
    roomOutside(account),
  );
  const database = options.database ?? 'teletransmission';
  refuseOtherMajor(cluster, binaries);
  await stopPreviousServer('PostgreSQL', path.join(cluster, 'postmaster.pid'), cluster, 'SIGINT');
  await createClusterIfAbsent(cluster, binaries, account, database, options.signal);
  const socketFolder = socketFolderOf(cluster);
  openSocketFolder(socketFolder, account);
  const urlOf = (user: string): string =>
    `postgres://${user}@localhost/${database}?host=${encodeURIComponent(socketFolder)}`;
  const settings = options.durable === false ? UNSAFE_BUT_FAST : [];
  const launch = (): Promise<RunningServer> =>
    launchServer({
      title: 'PostgreSQL',
      program: path.join(binaries.native, 'bin', 'postgres'),
      args: [
        ...['-D', cluster, '-k', socketFolder, '-p', String(SOCKET_PORT), '-c', 'listen_addresses='],
        ...['-c', 'unix_socket_permissions=0700', '-c', 'log_checkpoints=off'],
        ...settings.flatMap((setting) => ['-c', setting]),
      ],
      account,
      journal: options.journal,
      url: urlOf(POSTGRES_USER),
      stopSignal: 'SIGINT',
      isReady: () =>
        answersAsPostgres(path.join(socketFolder, `.s.PGSQL.${SOCKET_PORT}`), POSTGRES_USER, database),
      signal: options.signal,
      patience: options.patience,
      socketFolder,
      erasedIfOrphan: options.erasedIfOrphan,
    });
  const server = await launchAfterLeftovers(launch, options.journal);
  return { ...server, folder: cluster, serviceUrl: urlOf(SERVICE_USER) };
}

/** Après un `kill -9` du serveur, ses sessions mettent un instant à mourir et tiennent encore la mémoire partagée. */
async function launchAfterLeftovers(
  launch: () => Promise<RunningServer>,
  journal: string,
): Promise<RunningServer> {
  const deadline = performance.now() + LEFTOVERS_WITHIN_MS;
  for (;;) {
    try {
      return await launch();
    } catch (error) {
      const isTransient = lastLinesOf(journal, 4).some((line) =>
        line.includes('pre-existing shared memory block'),
      );
      if (!isTransient || performance.now() > deadline) throw error;
      await delay(100);
    }
  }
}

function noAccount(): LaunchFailure {
  return new LaunchFailure(
    'local/no-account-for-postgres',
    "PostgreSQL refuse d'être lancé par root, et ni « postgres » ni « nobody » n'existent dans /etc/passwd. " +
      'Lancez la commande sous un compte ordinaire, ou donnez votre PostgreSQL par DATABASE_URL.',
  );
}
