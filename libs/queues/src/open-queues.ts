import type { JobQueue, QueueBackend, QueueSettings } from './backend';
import { openBackend } from './backend';
import type { QueueName } from './contracts/job-contract';
import { QUEUE_NAMES } from './contracts/job-contract';

/**
 * Les files où chaque collectivité passe à son tour : un dépôt de cinq mille actes n'y retarde pas celui d'une voisine. Un retour, lui, ne
 * dit de qui il parle qu'une fois lu : `apply-retour` les prend comme ils viennent.
 */
const FAIR_QUEUES = [
  'seal-enveloppe',
  'submit-enveloppe',
  'reconcile-envoi',
] as const satisfies readonly QueueName[];

/** Le rang du prochain travail de chaque file à tour de rôle ; `null` : rien n'y attend. */
export type ServedRanks = Readonly<Record<string, number | null>>;

export interface OpenQueues {
  readonly queues: readonly JobQueue[];
  of(name: QueueName): JobQueue;
  /** Échoue vite quand le support ne s'écrit pas ; une file jamais jointe, elle, attendrait sans fin. @throws QueuesUnwritable */
  ready(): Promise<void>;
  servedRanks(): Promise<ServedRanks>;
  close(): Promise<void>;
}

/** Ouvre toutes les files sur un support déjà ouvert. */
export function openQueuesOn(backend: QueueBackend): OpenQueues {
  const byName = new Map(QUEUE_NAMES.map((name) => [name, backend.openQueue(name)]));
  for (const queue of byName.values()) queue.on('error', () => undefined);
  return {
    queues: [...byName.values()],
    of: (name) => {
      const queue = byName.get(name);
      if (!queue) throw new Error(`File inconnue : ${name}`);
      return queue;
    },
    ready: () => backend.ping(),
    servedRanks: async () => {
      const ranks = await Promise.all(
        FAIR_QUEUES.map(async (name) => {
          const [next] = (await byName.get(name)?.getPrioritized(0, 0)) ?? [];
          return [name, next?.opts.priority ?? null] as const;
        }),
      );
      return Object.fromEntries(ranks);
    },
    close: async () => {
      await Promise.allSettled([...byName.values()].map((queue) => queue.close()));
    },
  };
}

/** Ouvre les files pour les regarder (le bureau) ou y déposer (le relais). */
export function openQueues(settings: QueueSettings, databaseUrl: string): OpenQueues {
  const backend = openBackend(settings, databaseUrl);
  const opened = openQueuesOn(backend);
  return {
    ...opened,
    close: async () => {
      await opened.close();
      await backend.close();
    },
  };
}
