import type { Processor, WorkerOptions } from 'bullmq';
import { Queue, Worker, createPostgresBackend, withBackend } from 'bullmq';
import type { RedisOptions } from 'ioredis';
import { Redis } from 'ioredis';
import type { JobPayload, QueueName } from './contracts/job-contract';
import { errorCodeOf } from './error-code';

export interface QueueSettings {
  readonly backend: 'redis' | 'postgres';
  readonly redisUrl: string | null;
  readonly prefix: string;
}

export type JobQueue = Queue<JobPayload>;
export type JobWorker = Worker<JobPayload>;
export type JobProcessor = Processor<JobPayload, string>;

/** Ce qui porte les files : Redis, ou PostgreSQL sur une machine qui n'en a pas. */
export interface QueueBackend {
  openQueue(name: QueueName): JobQueue;
  openWorker(
    name: QueueName,
    processor: JobProcessor,
    options: Omit<WorkerOptions, 'connection' | 'prefix'>,
  ): JobWorker;
  /** Vérifie que le support se laisse écrire. @throws QueuesUnwritable avec la cause pour code. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Les files ne s'écrivent pas ; `code` est le mot de Redis (`READONLY`, `OOM`…), ou celui du système. */
export class QueuesUnwritable extends Error {
  constructor(
    readonly code: string,
    cause: unknown,
  ) {
    super(code, { cause });
    this.name = 'QueuesUnwritable';
  }
}

export function redisOf(url: string, options: RedisOptions): Redis {
  const redis = url.startsWith('unix:')
    ? new Redis({ ...options, path: url.slice('unix:'.length) })
    : new Redis(url, options);
  // Sans écouteur, une coupure de Redis finirait le processus ; ioredis se reconnecte de lui-même.
  redis.on('error', () => undefined);
  return redis;
}

/** Les copies que BullMQ fait d'une connexion pour ses attentes : il ne sait pas toujours les fermer, et elles se reconnecteraient sans fin. */
function copiesOf(redis: Redis): readonly Redis[] {
  const copies: Redis[] = [];
  const duplicate = redis.duplicate.bind(redis);
  redis.duplicate = (...options) => {
    const copy = duplicate(...options);
    copy.on('error', () => undefined);
    copies.push(copy);
    return copy;
  };
  return copies;
}

/** La dernière faute de cette connexion, tant qu'elle n'est pas rétablie. */
function faultOf(redis: Redis): () => unknown {
  let fault: unknown = null;
  redis.on('error', (error) => {
    fault = error;
  });
  redis.on('ready', () => {
    fault = null;
  });
  return () => fault;
}

const PROBE_TTL_MS = 60_000;
/** Un Redis figé, qui garde la connexion et ne répond plus, ne doit pas retenir la transaction du relais. */
const PRODUCER_TIMEOUT_MS = 5_000;

/**
 * Les producteurs renoncent vite (le message reste dans la boîte d'envoi) ; les travailleurs attendent Redis sans fin. Ce sont donc
 * deux connexions : `queue.add` resterait suspendu pour toujours sur celle des travailleurs, et un délai y couperait leurs attentes.
 */
function redisBackend(url: string, prefix: string): QueueBackend {
  const producers = redisOf(url, { maxRetriesPerRequest: 1, commandTimeout: PRODUCER_TIMEOUT_MS });
  const lastFault = faultOf(producers);
  const workers = redisOf(url, { maxRetriesPerRequest: null });
  const copies = copiesOf(workers);
  return {
    openQueue: (name) => new Queue<JobPayload>(name, { connection: producers, prefix }),
    openWorker: (name, processor, options) =>
      new Worker<JobPayload>(name, processor, { ...options, connection: workers, prefix }),
    ping: async () => {
      try {
        // Une écriture, et non un PING : un Redis plein ou en lecture seule y répond encore.
        await producers.set(`${prefix}:sante`, '1', 'PX', PROBE_TTL_MS);
      } catch (error) {
        // « Trop de reprises » ne dit pas pourquoi : la connexion, elle, l'a dit.
        const isExhausted = error instanceof Error && error.name === 'MaxRetriesPerRequestError';
        throw new QueuesUnwritable(errorCodeOf(isExhausted ? (lastFault() ?? error) : error), error);
      }
    },
    close: () => {
      // Non `quit` : il attendrait la réponse d'un Redis absent.
      for (const redis of [producers, workers, ...copies]) redis.disconnect();
      return Promise.resolve();
    },
  };
}

/** Chaque file et chaque travailleur a ses connexions, et PostgreSQL en admet cent pour tous les processus. */
const POSTGRES_POOL = 2;

/** Le schéma où PostgreSQL tient les files de ce préfixe ; un nom simple, qui n'a pas à être cité. */
export function schemaOf(prefix: string): string {
  return `files_${prefix.replaceAll(/[^a-z0-9]/g, '_')}`;
}

/** PostgreSQL à la place de Redis : dix fois plus lent, mille fois plus que ce qu'une préfecture accepte. */
function postgresBackend(databaseUrl: string, prefix: string): QueueBackend {
  const bound = withBackend(createPostgresBackend);
  const host = new URL(databaseUrl).searchParams.get('host');
  const connection = {
    connectionString: databaseUrl,
    ...(host === null ? {} : { host }),
    schema: schemaOf(prefix),
    // Les tables sont à leur propriétaire (`migrateQueues`) : le service ne les crée pas.
    migrate: false,
    max: POSTGRES_POOL,
  };
  // Le type de la file porte celui de son support ; ce que nous en appelons leur est commun.
  return {
    openQueue: (name) => new bound.Queue<JobPayload>(name, { connection }) as unknown as JobQueue,
    openWorker: (name, processor, options) =>
      new bound.Worker<JobPayload>(name, processor as never, {
        ...options,
        connection,
      }) as unknown as JobWorker,
    // La base a sa propre santé, et chaque file sa connexion.
    ping: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

/** Ouvre le support des files. Sans Redis joignable, rien n'échoue ici : les files attendent. */
export function openBackend(settings: QueueSettings, databaseUrl: string): QueueBackend {
  if (settings.backend === 'postgres') return postgresBackend(databaseUrl, settings.prefix);
  if (settings.redisUrl === null) throw new Error('REDIS_URL manque');
  return redisBackend(settings.redisUrl, settings.prefix);
}
