import multipart from '@fastify/multipart';
import helmet from '@fastify/helmet';
import { ARCHIVE_MAX_BYTES } from '@teletransmission/actes';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { problemOfStatus, refuseBrokenRequest, sendProblem } from '@teletransmission/http-problems';
import type { Metriques } from '@teletransmission/observability';
import { METRIQUES, NestLog, observeRequests } from '@teletransmission/observability';
import type { FastifyReply } from 'fastify';
import { ApiModule } from './api.module';
import { PARTS_MAX } from './deliberations/files-budget';
import { endSlowBodies, longestRequestMs, timeoutsOf } from './doors/body-pace';
import { RequestLimits } from './doors/request-limits';
import { BODY_MAX_BYTES } from './problems/api-problem.filter';
import { AllowedMethods } from './doors/allowed-methods';
import { keepNothingByDefault, refuseUnacceptable } from './doors/http-manners';
import { lingerAfterRefusal } from './request/linger-after-refusal';
import { useStrictJson } from './request/read-json-body';
import type { ApiParts } from './wiring/api.wiring';

/** Un octet de plus que l'archive : c'est la lecture du dépôt qui tient la limite, sur la somme des fichiers. */
const FILE_MAX_BYTES = ARCHIVE_MAX_BYTES + 1;

/** Une adresse qui ne se décode pas n'atteint ni route ni filtre : Fastify la refuse seul, et dans sa langue. */
function refuseBadAddress(_error: unknown, _request: unknown, reply: FastifyReply): void {
  sendProblem(reply, problemOfStatus(400), null);
}

/** L'application HTTP, prête à écouter. Les envois passent en flux : la mémoire ne croît pas avec leur taille. */
export async function createApi(parts: ApiParts): Promise<NestFastifyApplication> {
  const { confiance } = parts.settings.mandataires;
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_MAX_BYTES,
    http: timeoutsOf(parts.settings.portes),
    requestTimeout: longestRequestMs(parts.settings.portes),
    // `request.ip` est l'adresse de la demande, ou celle que dit un mandataire de confiance ; jamais celle que dit n'importe qui.
    trustProxy: confiance.length > 0 && [...confiance],
    frameworkErrors: refuseBadAddress,
    clientErrorHandler: refuseBrokenRequest,
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    ApiModule.of(parts),
    adapter,
    // Nest déclare ses options comme une classe, et attend un simple objet.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
    { logger: new NestLog(parts.log), abortOnError: false, bodyParser: false },
  );
  const instance = app.getHttpAdapter().getInstance();
  observeRequests(instance, parts.log);
  app.get<Metriques>(METRIQUES).observe?.(instance);
  endSlowBodies(instance, parts.settings.portes.corps);
  lingerAfterRefusal(instance);
  keepNothingByDefault(instance);
  refuseUnacceptable(instance);
  const methods = new AllowedMethods(instance);
  await app.get(RequestLimits).attach(instance);
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] } },
    strictTransportSecurity: false,
  });
  useStrictJson(app, BODY_MAX_BYTES);
  await app.register(multipart, {
    // Le dossier vient toujours en octets : le découpeur déciderait de son encodage, et remplacerait ce qu'il n'y lit pas.
    isPartAFile: (nom, _type, nomFichier) => nom === 'dossier' || nomFichier !== undefined,
    limits: {
      fileSize: FILE_MAX_BYTES,
      parts: PARTS_MAX,
      files: PARTS_MAX,
      fields: 10,
      headerPairs: 50,
    },
    throwFileSizeLimit: false,
  });
  // Une attente que nous ne connaissons pas ne change rien à la demande (RFC 9110) ; Node la refuserait seul, et sans un mot.
  instance.server.on('checkExpectation', (request, reply) => instance.server.emit('request', request, reply));
  app.enableShutdownHooks();
  await app.init();
  methods.close((url) => url !== '/metrics' || parts.settings.metriques.jeton !== null);
  await instance.ready();
  return app;
}
