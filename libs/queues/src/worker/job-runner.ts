import type { Log } from '@teletransmission/kernel';
import type { JobOutcome } from '@teletransmission/teletransmission';
import type { Job } from 'bullmq';
import { DelayedError } from 'bullmq';
import { performance } from 'node:perf_hooks';
import type { JobWorker, QueueBackend } from '../backend';
import { CONTRACTS } from '../contracts/contracts';
import type { JobContract, JobPayload, QueueName } from '../contracts/job-contract';
import { QUEUE_NAMES } from '../contracts/job-contract';
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

/** Les travailleurs d'un processus : un par file, arrêtés ensemble, après le travail en cours. */
export class JobRunner {
  private workers: JobWorker[] = [];

  constructor(
    private readonly backend: QueueBackend,
    private readonly handlings: readonly JobHandling[],
    private readonly traced: Traced,
    private readonly log: Log,
  ) {
    checkHandlings(handlings);
  }

  start(): void {
    this.workers = this.handlings.map((handling) => this.open(handling, CONTRACTS[handling.queue]));
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.close()));
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
        lockDuration: 30_000,
        stalledInterval: 15_000,
        maxStalledCount: 5,
      },
    );
    // Sans écouteur, une coupure du support finirait le processus.
    worker.on('error', () => undefined);
    return worker;
  }

  private run(
    handling: JobHandling,
    contract: JobContract,
    job: Job<JobPayload>,
    token: string | undefined,
  ): Promise<string> {
    const payload = contract.payload.parse(job.data);
    return this.traced(payload.traceId, async () => {
      const started = performance.now();
      const log = this.log.with({
        queue: handling.queue,
        ...(job.id === undefined ? {} : { jobId: job.id }),
        turn: job.attemptsMade,
        ...(contract.target === null ? {} : { [contract.target]: payload[contract.target] }),
      });
      const alarm = setTimeout(() => {
        log.error('travail plus long que promis', { durationMs: contract.timeoutMs, code: 'queue/timeout' });
      }, contract.timeoutMs);
      try {
        const outcome = await handling.process(payload);
        const durationMs = Math.round(performance.now() - started);
        const details = outcome.kind === 'give-up' ? { code: outcome.problem.code } : {};
        const state = outcome.kind === 'done' && outcome.state !== undefined ? { state: outcome.state } : {};
        log.info('travail terminé', { event: outcome.kind, durationMs, ...state, ...details });
        return await settle(job, token, outcome);
      } catch (error) {
        if (!(error instanceof DelayedError)) log.error('travail interrompu', { code: codeOf(error) }, error);
        throw error;
      } finally {
        clearTimeout(alarm);
      }
    });
  }
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : 'inconnu';
}
