import path from 'node:path';
import type { ClosingStack } from '../closing-stack';
import type { InstanceFolder } from './instance-folder';
import type { ServerAddresses } from './instance-plan';
import { lastLinesOf, quoteLines } from '../journal-tail';
import { LaunchFailure } from '../launch-failure';
import type { Patience } from '../patience';
import { startPostgres } from '../servers/postgres/postgres';
import type { RunningPostgres } from '../servers/postgres/postgres';
import { startRedis } from '../servers/redis/redis';
import { findRedis } from '../servers/redis/redis-search';
import type { RedisSearch } from '../servers/redis/redis-search';
import type { RunningServer } from '../servers/running-server';
import { redisMissingText } from '../texts.fr';

/** Ce qu'il faut pour lancer, ou retrouver, la base et les files. */
export interface ServersRequest {
  readonly folder: InstanceFolder;
  readonly env: NodeJS.ProcessEnv;
  readonly projectRoot: string;
  readonly opened: ClosingStack;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
  readonly patience: Partial<Patience>;
  readonly onUnexpectedEnd: (failure: LaunchFailure) => void;
  /** Où chercher Redis ; par défaut, cette machine. */
  readonly redisSearch?: RedisSearch | undefined;
}

/**
 * Donne les adresses de PostgreSQL et de Redis : celles de l'environnement, sinon celles de serveurs à nous, posés sur `opened`.
 * Les deux se lancent ensemble ; si l'un échoue, l'autre est déjà sur la pile, qui le fermera.
 */
export async function openServers(request: ServersRequest): Promise<ServerAddresses> {
  const [database, queues] = await Promise.allSettled([openPostgres(request), openRedis(request)]);
  // PostgreSQL d'abord sur la pile : il se ferme en dernier.
  for (const [title, outcome] of [['PostgreSQL', database] as const, ['Redis', queues] as const]) {
    if (outcome.status === 'fulfilled' && typeof outcome.value === 'object' && outcome.value) {
      keepOpen(title, outcome.value, request);
    }
  }
  if (database.status === 'rejected') throw database.reason;
  if (queues.status === 'rejected') throw queues.reason;
  return {
    ...databaseAddresses(database.value, request.env),
    redisUrl: queues.value === null ? null : addressOf(queues.value),
  };
}

async function openPostgres({
  env,
  folder,
  projectRoot,
  say,
  signal,
  patience,
}: ServersRequest): Promise<RunningPostgres | string> {
  if (env['DATABASE_URL']) {
    say('PostgreSQL : celui de DATABASE_URL.');
    return env['DATABASE_URL'];
  }
  const server = await startPostgres({
    folder: folder.postgres,
    journal: journalOf('PostgreSQL', folder),
    projectRoot,
    signal,
    patience,
  });
  say(`PostgreSQL : lancé, données dans ${server.folder}.`);
  return server;
}

async function openRedis(request: ServersRequest): Promise<RunningServer | string | null> {
  const { env, folder, say, signal, patience } = request;
  if (env['QUEUE_BACKEND'] === 'postgres') {
    say("Files d'attente : dans PostgreSQL, comme le demande QUEUE_BACKEND.");
    return null;
  }
  if (env['REDIS_URL']) {
    say('Redis : celui de REDIS_URL.');
    return env['REDIS_URL'];
  }
  const mayDownload = env['TELETRANSMISSION_SANS_TELECHARGEMENT'] !== '1';
  const found = await findRedis({ mayDownload, say, signal, ...request.redisSearch });
  if (!found.ok) {
    say(redisMissingText(found.problem));
    return null;
  }
  const program = found.value;
  const server = await startRedis({
    folder: folder.redis,
    journal: journalOf('Redis', folder),
    program,
    signal,
    patience,
  });
  say(`Redis ${program.version} : lancé (${program.origin}), données dans ${folder.redis}.`);
  return server;
}

function keepOpen(
  title: string,
  server: RunningServer,
  { opened, folder, onUnexpectedEnd }: ServersRequest,
): void {
  let isExpected = false;
  opened.push({
    close: () => {
      isExpected = true;
      return server.stop();
    },
    kill: () => {
      isExpected = true;
      server.kill('SIGKILL');
    },
  });
  void server.ended.then(() => {
    if (isExpected) return;
    const journal = journalOf(title, folder);
    const tail = quoteLines(`Fin de ${journal} :`, lastLinesOf(journal));
    onUnexpectedEnd(
      new LaunchFailure('local/server-ended', `${title} s'est arrêté sans qu'on le demande.${tail}`),
    );
  });
}

function journalOf(title: string, folder: InstanceFolder): string {
  return path.join(folder.journals, `${title.toLowerCase()}.log`);
}

/** Notre PostgreSQL a ses deux rôles ; sur celui de la personne, le propriétaire est celui qu'elle donne. */
function databaseAddresses(
  server: RunningPostgres | string,
  env: NodeJS.ProcessEnv,
): Pick<ServerAddresses, 'databaseUrl' | 'ownerUrl'> {
  if (typeof server === 'string') return { databaseUrl: server, ownerUrl: env['DATABASE_OWNER_URL'] ?? null };
  return { databaseUrl: server.serviceUrl, ownerUrl: server.url };
}

function addressOf(server: RunningServer | string): string {
  return typeof server === 'string' ? server : server.url;
}
