import type {
  BeforeApplicationShutdown,
  DynamicModule,
  OnApplicationBootstrap,
  OnApplicationShutdown,
} from '@nestjs/common';
import { Module } from '@nestjs/common';
import type { Log } from '@teletransmission/kernel';
import type { Dependency, Metriques } from '@teletransmission/observability';
import {
  HEALTH_KEPT_MS,
  HealthController,
  HealthWatch,
  METRIQUES,
  MetriquesController,
  MetriquesPage,
  ProcessMetriques,
  SystemClock,
} from '@teletransmission/observability';
import { checkWritable, PgMesures, poolUse } from '@teletransmission/persistence';
import { errorCodeOf, upsertSchedules } from '@teletransmission/queues';
import type { DataSource } from 'typeorm';
import type { WorkerParts, WorkerSettings } from './wiring/worker.wiring';

/** Un Redis vidé perd aussi les rendez-vous : on les repose d'ici, sans lui, à leur pas s'il est plus court. */
const SCHEDULE_REFRESH_MS = 30_000;
const SHORTEST_REFRESH_MS = 1_000;

/** La vie du travailleur : il ouvre relais et files, et à l'arrêt finit ce qu'il tient avant de lâcher. */
class WorkerLife implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private refresh: NodeJS.Timeout | undefined;

  constructor(
    private readonly parts: WorkerParts,
    private readonly dataSource: DataSource,
    private readonly log: Log,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.parts.heartbeat.start();
    this.parts.clocks.start();
    await this.keepSchedules();
    this.refresh = setInterval(() => void this.keepSchedules(), this.refreshMs());
    this.parts.relay.start();
    this.parts.runner.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.refresh);
    this.parts.clocks.stop();
    await this.parts.relay.stop();
    await this.parts.runner.stop();
    await this.parts.heartbeat.stop();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.parts.queues.close();
    await this.parts.backend.close();
    this.parts.release();
    await this.dataSource.destroy();
  }

  private refreshMs(): number {
    const periods = this.parts.schedules.map(({ periodMs }) => periodMs);
    return Math.max(SHORTEST_REFRESH_MS, Math.min(SCHEDULE_REFRESH_MS, ...periods));
  }

  private async keepSchedules(): Promise<void> {
    try {
      await upsertSchedules(this.parts.queues, this.parts.schedules);
    } catch (error) {
      this.log.warn('rendez-vous non posés, on réessaiera', { code: errorCodeOf(error) });
    }
  }
}

@Module({})
export class WorkerModule {
  static of(
    settings: Pick<WorkerSettings, 'alertes' | 'metriques'>,
    parts: WorkerParts,
    dataSource: DataSource,
    log: Log,
  ): DynamicModule {
    const dependencies: readonly Dependency[] = [
      { nom: 'postgresql', check: () => checkWritable(dataSource) },
      { nom: 'documents', check: () => parts.documents.checkWritable() },
      { nom: 'files', check: () => parts.backend.ping() },
      {
        nom: 'travailleurs',
        check: () => (parts.runner.isRunning ? Promise.resolve() : Promise.reject(new Error('arrêtés'))),
      },
    ];
    const clock = new SystemClock();
    const processus = new ProcessMetriques(() => poolUse(dataSource));
    const page = new MetriquesPage({
      mesures: new PgMesures(dataSource, settings.alertes.travailleursMs),
      seuils: settings.alertes,
      dependencies,
      clock,
      counters: parts.travaux,
      process: processus,
    });
    const metriques: Metriques = {
      jeton: settings.metriques.jeton,
      page,
      observe: (instance) => {
        processus.observe(instance);
      },
    };
    return {
      module: WorkerModule,
      controllers: [HealthController, MetriquesController],
      providers: [
        {
          provide: HealthWatch,
          useValue: new HealthWatch(dependencies, clock, { log, keptMs: HEALTH_KEPT_MS }),
        },
        { provide: METRIQUES, useValue: metriques },
        { provide: WorkerLife, useValue: new WorkerLife(parts, dataSource, log) },
      ],
    };
  }
}
