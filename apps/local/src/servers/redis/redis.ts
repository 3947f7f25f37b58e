import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { LaunchFailure } from '../../launch-failure';
import type { Patience } from '../../patience';
import { stopPreviousServer } from '../previous-server';
import type { RedisProgram } from './redis-program';
import { answersAsRedis } from './redis-probe';
import { findRedis } from './redis-search';
import type { RedisSearch } from './redis-search';
import { launchServer } from '../running-server';
import type { RunningServer } from '../running-server';
import { openSocketFolder, socketFolderOf } from '../socket-folder';

/** Comment lancer une instance privée de Redis. */
export interface RedisOptions {
  /** Dossier de ses données ; créé s'il manque. */
  readonly folder: string;
  readonly journal: string;
  /** Vrai (par défaut) : journal des écritures, synchronisé chaque seconde. Faux, pour les essais : rien n'est gardé. */
  readonly durable?: boolean;
  /** Programme déjà trouvé ; sinon `startRedis` le cherche. */
  readonly program?: RedisProgram;
  readonly search?: RedisSearch;
  readonly signal?: AbortSignal | undefined;
  readonly patience?: Partial<Patience>;
  /** Dossiers effacés par le gardien si notre processus meurt sans arrêter le serveur (essais) ; celui de la prise l'est toujours. */
  readonly erasedIfOrphan?: readonly string[];
}

/**
 * Lance un Redis à nous sur une prise unix, sans aucun port, et attend qu'il réponde. `url` est `unix:<chemin de la prise>`.
 * Échoue par `LaunchFailure` : `local/redis-not-found` quand aucun programme ne convient, `local/server-not-started` sinon.
 */
export async function startRedis(options: RedisOptions): Promise<RunningServer> {
  const program = options.program ?? (await findOrFail(options));
  const folder = path.resolve(options.folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const socketFolder = socketFolderOf(folder);
  const pidFile = path.join(folder, 'redis.pid');
  await stopPreviousServer('Redis', pidFile, socketFolder, 'SIGTERM');
  openSocketFolder(socketFolder, null);
  const socketFile = path.join(socketFolder, 'redis.sock');
  const isDurable = options.durable !== false;
  return launchServer({
    title: 'Redis',
    program: program.file,
    args: [
      ...[
        '--port',
        '0',
        '--unixsocket',
        socketFile,
        '--unixsocketperm',
        '700',
        '--dir',
        folder,
        '--pidfile',
        pidFile,
      ],
      ...['--appendonly', isDurable ? 'yes' : 'no', '--appendfsync', 'everysec', '--save', ''],
      // Une file d'attente dont on évince des tâches n'en est plus une.
      ...['--maxmemory-policy', 'noeviction'],
    ],
    env: program.libraries === '' ? {} : { LD_LIBRARY_PATH: program.libraries },
    journal: options.journal,
    url: `unix:${socketFile}`,
    // SIGTERM vaut la commande SHUTDOWN : le journal des écritures est synchronisé avant la fin.
    stopSignal: 'SIGTERM',
    isReady: () => answersAsRedis(socketFile),
    signal: options.signal,
    patience: options.patience,
    socketFolder,
    erasedIfOrphan: options.erasedIfOrphan,
  });
}

async function findOrFail(options: RedisOptions): Promise<RedisProgram> {
  const found = await findRedis({ signal: options.signal, ...options.search });
  if (found.ok) return found.value;
  throw new LaunchFailure(
    'local/redis-not-found',
    `Redis est introuvable. Tenté : ${found.problem.join(', ')}. Installez-le (sudo apt-get install redis-server, brew install redis), ou donnez REDIS_URL.`,
  );
}
