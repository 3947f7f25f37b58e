import type { Instant, Log } from '@teletransmission/kernel';
import { instantOf } from '@teletransmission/kernel';
import type { JobOutcome, OutboxMessage } from '@teletransmission/teletransmission';
import { randomUUID } from 'node:crypto';
import { eventually } from '../../../test/services/eventually';
import type { JobQueue, QueueBackend, QueueSettings } from '../src/backend';
import { openBackend } from '../src/backend';
import type { JobPayload, QueueName } from '../src/contracts/job-contract';
import { jobIdOf, QUEUE_NAMES } from '../src/contracts/job-contract';
import type { OpenQueues } from '../src/open-queues';
import { openQueuesOn } from '../src/open-queues';
import type { OutboxSource, TracedMessage } from '../src/relay/outbox-relay';
import { OutboxRelay } from '../src/relay/outbox-relay';
import type { JobHandling, JobLocks } from '../src/worker/job-runner';
import { JobRunner } from '../src/worker/job-runner';

export const CLOCK = { now: (): Instant => instantOf(Date.now()), today: (): never => neverCalled() };
export const TRACE_ID = 'abcdef0123456789abcdef0123456789';

function neverCalled(): never {
  throw new Error('Cet essai ne demande pas le jour');
}

export interface Line {
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Un journal qui retient. */
export class MemoryLog implements Log {
  constructor(
    readonly lines: Line[] = [],
    private readonly scope: object = {},
  ) {}
  info(message: string, fields: object = {}): void {
    this.lines.push({ message, fields: { ...this.scope, ...fields } });
  }
  warn(message: string, fields: object = {}): void {
    this.info(message, fields);
  }
  error(message: string, fields: object = {}): void {
    this.info(message, fields);
  }
  with(fields: object): Log {
    return new MemoryLog(this.lines, { ...this.scope, ...fields });
  }
}

/** Une boîte d'envoi en mémoire : un lot dont la publication échoue y reste, comme en base. */
export class MemoryOutbox implements OutboxSource {
  readonly rows: TracedMessage[] = [];
  /** Ce qui arrive entre la publication et la marque. */
  beforeMarking: () => Promise<void> = () => Promise.resolve();

  async relay(
    limit: number,
    publish: (messages: readonly TracedMessage[]) => Promise<void>,
  ): Promise<number> {
    const taken = this.rows.slice(0, limit);
    if (taken.length === 0) return 0;
    await publish(taken);
    await this.beforeMarking();
    this.rows.splice(0, taken.length);
    return taken.length;
  }

  putBack(messages: readonly OutboxMessage[]): Promise<number> {
    this.rows.push(...messages.map((message) => ({ ...message, notBefore: null, traceId: null })));
    return Promise.resolve(messages.length);
  }
}

export function aMessage(changes: Partial<TracedMessage> = {}): TracedMessage {
  return {
    job: 'submit-enveloppe',
    targetId: randomUUID(),
    turn: 1,
    notBefore: null,
    traceId: TRACE_ID,
    ...changes,
  };
}

type Work = (payload: JobPayload) => Promise<JobOutcome>;

/** Des files ouvertes sur un support, leur relais et leurs travailleurs, tout s'arrêtant ensemble. */
export class QueueRig {
  readonly log = new MemoryLog();
  readonly outbox = new MemoryOutbox();
  readonly queues: OpenQueues;
  readonly relay: OutboxRelay;
  /** La trace sous laquelle chaque travail a été fait. */
  readonly traces: (string | null | undefined)[] = [];
  readonly done: JobPayload[] = [];
  notify: () => void = () => undefined;
  private readonly closers: (() => Promise<unknown>)[] = [];

  constructor(readonly backend: QueueBackend) {
    this.queues = openQueuesOn(backend);
    const listen = (onNotified: () => void): Promise<() => Promise<void>> => {
      this.notify = onNotified;
      return Promise.resolve(() => Promise.resolve());
    };
    this.relay = new OutboxRelay(this.outbox, this.queues, listen, CLOCK, this.log);
  }

  static open(settings: Partial<QueueSettings> = {}, databaseUrl = ''): QueueRig {
    const redisUrl = process.env['TEST_REDIS_URL'] ?? null;
    const prefix = `essai-${randomUUID().slice(0, 8)}`;
    return new QueueRig(openBackend({ backend: 'redis', redisUrl, prefix, ...settings }, databaseUrl));
  }

  startRelay(): void {
    this.relay.start();
    this.closers.push(() => this.relay.stop());
  }

  startRunner(work: Partial<Record<QueueName, Work>> = {}, locks?: JobLocks): JobRunner {
    const handlings = QUEUE_NAMES.map((queue): JobHandling => ({
      queue,
      process: async (payload) => {
        const outcome = await (work[queue] ?? (() => Promise.resolve({ kind: 'done' as const })))(payload);
        this.done.push(payload);
        return outcome;
      },
    }));
    const traced = <T>(traceId: string | null | undefined, run: () => T): T => {
      this.traces.push(traceId);
      return run();
    };
    const runner = new JobRunner(this.backend, handlings, traced, this.log, locks);
    runner.start();
    this.closers.push(() => runner.stop());
    return runner;
  }

  /** Inscrit des messages dans la boîte d'envoi et réveille le relais, s'il est en marche. */
  publish(...messages: readonly TracedMessage[]): void {
    this.outbox.rows.push(...messages);
    this.notify();
  }

  queue(name: QueueName): JobQueue {
    return this.queues.of(name);
  }

  async stateOf(message: OutboxMessage): Promise<string> {
    try {
      const job = await this.queue(message.job).getJob(jobIdOf(message.job, message.targetId, message.turn));
      return job ? await job.getState() : 'absent';
    } catch {
      return 'injoignable';
    }
  }

  async reaches(message: OutboxMessage, state: string): Promise<void> {
    await eventually(`le travail est « ${state} »`, async () => (await this.stateOf(message)) === state);
  }

  async close(): Promise<void> {
    for (const close of this.closers.splice(0).reverse()) await close();
    await this.queues.close();
    await this.backend.close();
  }
}
