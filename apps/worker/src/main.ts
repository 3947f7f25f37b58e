import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { loadSettings, readEnvironment } from '@teletransmission/config';
import type { Metriques } from '@teletransmission/observability';
import { createLog, METRIQUES, NestLog, TRACE } from '@teletransmission/observability';
import { openToServe } from '@teletransmission/persistence';
import { assembleWorker } from './wiring/worker.wiring';
import { WorkerModule } from './worker.module';

async function main(): Promise<void> {
  const settings = loadSettings(readEnvironment(), [
    'database',
    'queues',
    'stockage',
    'signature',
    'operateur',
    'prefecture',
    'rythme',
    'alertes',
    'entretien',
    'worker',
    'metriques',
    'journal',
  ]);
  const log = createLog('worker', settings.journal.niveau, TRACE);
  const dataSource = await openToServe({ ...settings.database, applicationName: 'worker' }, log);
  const parts = assembleWorker(settings, dataSource, log);
  const app = await NestFactory.create<NestFastifyApplication>(
    WorkerModule.of(settings, parts, dataSource, log),
    new FastifyAdapter(),
    // Nest déclare ses options comme une classe, et attend un simple objet.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
    {
      logger: new NestLog(log),
      abortOnError: false,
    },
  );
  app.get<Metriques>(METRIQUES).observe?.(app.getHttpAdapter().getInstance());
  app.enableShutdownHooks();
  await app.listen(settings.worker.port, settings.worker.hote);
  log.info('travailleur en service', { port: settings.worker.port });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
