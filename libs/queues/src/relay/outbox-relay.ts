import type { Clock, Log } from '@teletransmission/kernel';
import { epochMsOf } from '@teletransmission/kernel';
import type { OutboxMessage } from '@teletransmission/teletransmission';
import type { JobQueue } from '../backend';
import { CONTRACTS } from '../contracts/contracts';
import type { JobPayload, QueueName } from '../contracts/job-contract';
import { jobIdOf } from '../contracts/job-contract';
import { errorCodeOf } from '../error-code';
import { jobOptionsOf } from '../job-options';
import type { OpenQueues, ServedRanks } from '../open-queues';

/** Un message à porter, avec la trace de la demande dont il vient. */
export interface TracedMessage extends OutboxMessage {
  readonly traceId: string | null;
}

/** La boîte d'envoi, vue du relais. */
export interface OutboxSource {
  /** @param served le rang que sert chaque file à tour de rôle ; `null` quand rien n'y attend. */
  relay(
    limit: number,
    publish: (messages: readonly TracedMessage[]) => Promise<void>,
    served: ServedRanks,
  ): Promise<number>;
}

/** S'abonner aux notifications de la boîte d'envoi ; rend de quoi se désabonner. */
export type OutboxListener = (onNotified: () => void, onLost: () => void) => Promise<() => Promise<void>>;

const BATCH = 500;
/** Réveillé, il laisse venir ce qui suit de près : un lot de dix ne coûte guère plus qu'un lot d'un. */
const GATHER_MS = 50;
/** Une notification peut se perdre avec sa connexion : le relais regarde aussi de lui-même. */
const POLL_MS = 2_000;

type BulkJob = Parameters<JobQueue['addBulk']>[0][number];

/** Le travail BullMQ d'un message : son identité en fait un seul, si souvent qu'on le publie. */
export function bulkJobOf(message: TracedMessage, nowMs: number): BulkJob {
  const contract = CONTRACTS[message.job];
  if (contract.target === null) throw new Error(`Le travail ${message.job} n'a pas de cible`);
  const data: JobPayload = { version: 1, traceId: message.traceId, [contract.target]: message.targetId };
  const delay = message.notBefore === null ? 0 : Math.max(0, epochMsOf(message.notBefore) - nowMs);
  return {
    name: message.job,
    data: contract.payload.parse(data),
    opts: {
      ...jobOptionsOf(contract),
      jobId: jobIdOf(message.job, message.targetId, message.turn),
      ...(delay > 0 ? { delay } : {}),
      // Sans rang, un travail passerait devant tous ceux qui en ont un.
      ...(message.rang === undefined ? {} : { priority: Math.max(1, message.rang) }),
    },
  };
}

/**
 * Étape 2 : porte la boîte d'envoi à BullMQ, par lots. La base est la vérité : un lot dont la publication échoue y reste.
 */
export class OutboxRelay {
  private isStopped = false;
  private wakeUp: () => void = () => undefined;
  private isNotified = false;
  private running: Promise<void> = Promise.resolve();
  private unlisten: (() => Promise<void>) | null = null;

  constructor(
    private readonly outbox: OutboxSource,
    private readonly queues: OpenQueues,
    private readonly listen: OutboxListener,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.wake();
    await this.running;
    await this.unlisten?.().catch(() => undefined);
  }

  private wake(): void {
    this.isNotified = true;
    this.wakeUp();
  }

  private async run(): Promise<void> {
    while (!this.isStopped) {
      await this.ensureListening();
      const count = await this.relayOnce();
      if (count < BATCH) await this.pause();
    }
  }

  private async ensureListening(): Promise<void> {
    if (this.unlisten) return;
    try {
      this.unlisten = await this.listen(
        () => {
          this.wake();
        },
        () => {
          this.unlisten = null;
        },
      );
    } catch (error) {
      this.log.warn('écoute de la boîte d’envoi impossible, on y regarde sans elle', {
        code: errorCodeOf(error),
      });
    }
  }

  private async relayOnce(): Promise<number> {
    try {
      // Avant d'ouvrir la transaction : sans Redis, elle tiendrait ses lignes pour rien.
      await this.queues.ready();
      const served = await this.queues.servedRanks();
      return await this.outbox.relay(BATCH, (messages) => this.publish(messages), served);
    } catch (error) {
      this.log.error('relais de la boîte d’envoi interrompu', { code: errorCodeOf(error) }, error);
      return 0;
    }
  }

  private async publish(messages: readonly TracedMessage[]): Promise<void> {
    const nowMs = epochMsOf(this.clock.now());
    const byQueue = new Map<QueueName, BulkJob[]>();
    for (const message of messages) {
      const jobs = byQueue.get(message.job) ?? [];
      jobs.push(bulkJobOf(message, nowMs));
      byQueue.set(message.job, jobs);
    }
    await Promise.all([...byQueue].map(([name, jobs]) => this.queues.of(name).addBulk(jobs)));
  }

  private async pause(): Promise<void> {
    if (!this.isNotified && !this.isStopped) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, POLL_MS);
        this.wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    if (this.isNotified && !this.isStopped) await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    this.isNotified = false;
    this.wakeUp = () => undefined;
  }
}
