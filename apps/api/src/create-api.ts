import multipart from '@fastify/multipart';
import helmet from '@fastify/helmet';
import { ARCHIVE_MAX_BYTES } from '@teletransmission/actes';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { NestLog, observeRequests } from '@teletransmission/observability';
import { DOSSIER_MAX_BYTES } from './deliberations/read-deposit';
import { ApiModule } from './api.module';
import type { ApiParts } from './wiring/api.wiring';

/** Un octet de plus que l'archive : c'est la lecture du dépôt qui tient la limite, sur la somme des fichiers. */
const FILE_MAX_BYTES = ARCHIVE_MAX_BYTES + 1;
const FILES_MAX = 200;

/** L'application HTTP, prête à écouter. Les envois passent en flux : la mémoire ne croît pas avec leur taille. */
export async function createApi(parts: ApiParts): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: 1024 * 1024, requestTimeout: 600_000, trustProxy: false });
  const app = await NestFactory.create<NestFastifyApplication>(
    ApiModule.of(parts),
    adapter,
    // Nest déclare ses options comme une classe, et attend un simple objet.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
    { logger: new NestLog(parts.log), abortOnError: false },
  );
  const instance = app.getHttpAdapter().getInstance();
  observeRequests(instance, parts.log);
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] } },
    strictTransportSecurity: false,
  });
  await app.register(multipart, {
    limits: {
      fileSize: FILE_MAX_BYTES,
      files: FILES_MAX,
      fields: 10,
      fieldSize: DOSSIER_MAX_BYTES,
      headerPairs: 50,
    },
    throwFileSizeLimit: false,
  });
  app.enableShutdownHooks();
  await app.init();
  await instance.ready();
  return app;
}
