import type { Log } from '@teletransmission/kernel';
import type { JobOutcome } from '@teletransmission/teletransmission';
import type { Job } from 'bullmq';
import { UnrecoverableError } from 'bullmq';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { JobWorker, QueueBackend } from '../backend';
import { CONTRACTS } from '../contracts/contracts';
import type { JobContract, JobPayload, QueueName } from '../contracts/job-contract';
import { QUEUE_NAMES } from '../contracts/job-contract';
import { errorCodeOf } from '../error-code';
import { settle } from './job-outcome';

/** Ce qui traite une file : mince, il lit la charge et appelle un cas d'usage. */
export interface JobHandling {
  readonly queue: QueueName;
  process(payload: JobPayload): Promise<JobOutcome>;
}

/** Fait `work` sous la trace du travail. */
export type Traced = <T>(traceId: string | null | undefined, work: () => T) => T;

/** @throws Error quand une file n'a pas exactement un traitement : on ne démarre pas pour perdre du travail en silence. */
export function checkHandlings(handlings: readonly JobHandling[]): void {
  const faults = QUEUE_NAMES.flatMap((name) => {
    const count = handlings.filter((handling) => handling.queue === name).length;
    return count === 1 ? [] : [`${name} : ${count} traitement(s), il en faut un`];
  });
  if (faults.length > 0) throw new Error(`Files mal pourvues : ${faults.join(' ; ')}`);
}

/** Combien de temps un travail reste à son travailleur sans nouvelles de lui, et tous les combien on cherche les morts. */
export interface JobLocks {
  readonly durationMs: number;
  readonly checkEveryMs: number;
}

const LOCKS: JobLocks = { durationMs: 30_000, checkEveryMs: 15_000 };

/** Le temps de dire à Redis comment un travail a fini. */
const STOP_GRACE_MS = 3_000;

/** Les travailleurs d'un processus : un par file, arrêtés ensemble, après le travail en cours. */
export class JobRunner {
  private workers: JobWorker[] = [];
  private readonly inProgress = new Set<Promise<JobOutcome>>();

  constructor(
    private readonly backend: QueueBackend,
    private readonly handlings: readonly JobHandling[],
    private readonly traced: Traced,
    private readonly log: Log,
    private readonly locks: JobLocks = LOCKS,
  ) {
    checkHandlings(handlings);
  }

  start(): void {
    this.workers = this.handlings.map((handling) => this.open(handling, CONTRACTS[handling.queue]));
  }

  /**
   * Ne prend plus rien, et attend la fin de ce qui tourne. BullMQ attendrait sans fin un support absent, ou dont la liaison se rétablit à
   * peine : le travail fini, on n'attend plus qu'un moment, et les verrous échus rendront à d'autres ce qui n'a pu se dire.
   */
  async stop(): Promise<void> {
    const closed = Promise.all(this.workers.map((worker) => worker.close()));
    const worked = Promise.allSettled(this.inProgress);
    await Promise.race([closed, worked.then(() => delay(STOP_GRACE_MS, undefined, { ref: false }))]);
  }

  get isRunning(): boolean {
    return this.workers.length > 0 && this.workers.every((worker) => worker.isRunning());
  }

  private open(handling: JobHandling, contract: JobContract): JobWorker {
    const worker = this.backend.openWorker(
      handling.queue,
      (job, token) => this.run(handling, contract, job, token),
      {
        concurrency: contract.concurrency,
        lockDuration: this.locks.durationMs,
        stalledInterval: this.locks.checkEveryMs,
        maxStalledCount: 5,
      },
    );
    // Sans écouteur, une coupure du support finirait le processus.
    worker.on('error', () => undefined);
    return worker;
  }

  private async run(
    handling: JobHandling,
    contract: JobContract,
    job: Job<JobPayload>,
    token: string | undefined,
  ): Promise<string> {
    const scoped = this.log.with({
      queue: handling.queue,
      ...(job.id === undefined ? {} : { jobId: job.id }),
      turn: job.attemptsMade,
    });
    const payload = contract.payload.safeParse(job.data);
    if (!payload.success) {
      scoped.error('charge illisible', { code: 'queue/malformed-payload' }, payload.error);
      // Recommencer n'y changerait rien.
      throw new UnrecoverableError('queue/malformed-payload');
    }
    const { target } = contract;
    const log = target === null ? scoped : scoped.with({ [target]: payload.data[target] });
    return this.traced(payload.data.traceId, async () => {
      const outcome = await this.processWatched(handling, contract, payload.data, log);
      return settle(job, token, outcome);
    });
  }

  /** Traite, et écrit la seule ligne du travail : comment il a fini, en combien de temps. */
  private async processWatched(
    handling: JobHandling,
    contract: JobContract,
    payload: JobPayload,
    log: Log,
  ): Promise<JobOutcome> {
    const started = performance.now();
    const durationMs = (): number => Math.round(performance.now() - started);
    const processing = handling.process(payload);
    this.inProgress.add(processing);
    const alarm = setTimeout(() => {
      log.error('travail plus long que promis', { durationMs: contract.timeoutMs, code: 'queue/timeout' });
    }, contract.timeoutMs);
    try {
      const outcome = await processing;
      const details = outcome.kind === 'give-up' ? { code: outcome.problem.code } : {};
      const state = outcome.kind === 'done' && outcome.state !== undefined ? { state: outcome.state } : {};
      log.info('travail terminé', { event: outcome.kind, durationMs: durationMs(), ...state, ...details });
      return outcome;
    } catch (error) {
      log.error('travail interrompu', { code: errorCodeOf(error), durationMs: durationMs() }, error);
      throw error;
    } finally {
      this.inProgress.delete(processing);
      clearTimeout(alarm);
    }
  }
}
