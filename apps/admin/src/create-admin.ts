import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Settings } from '@teletransmission/config';
import { NestLog } from '@teletransmission/observability';
import { AdminModule } from './admin.module';
import type { DeskPorts } from './desk-ports';
import { FaultFilter } from './faults/fault.filter';
import { installDeskGate } from './gate/desk-gate';
import { logRequests } from './gate/log-requests';
import { answerMalformedUrl } from './gate/malformed-url';
import { BOARD_PATH, createBoard } from './queues-room/board';
import { DeskSessions } from './session/desk-sessions';
import { SessionCookie } from './session/session-cookie';

const HOUR_MS = 3_600_000;
/** Le plus gros formulaire du bureau tient en quelques lignes. */
const BODY_LIMIT_BYTES = 64 * 1024;

/**
 * Monte le bureau sur des ports déjà ouverts, sans écouter encore. La porte d'entrée est posée avant toute salle :
 * ce qui est monté ensuite, bull-board compris, est derrière elle.
 */
export async function createAdmin(
  settings: Pick<Settings['admin'], 'sessionHeures' | 'cookieSecurise'> & Settings['mandataires'],
  ports: DeskPorts,
): Promise<NestFastifyApplication> {
  const sessions = new DeskSessions(ports, settings.sessionHeures * HOUR_MS);
  const cookie = new SessionCookie(settings.cookieSecurise);
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    // Seul un mandataire de confiance peut dire de quelle adresse vient la demande.
    trustProxy: settings.confiance.length > 0 && [...settings.confiance],
    routerOptions: { maxParamLength: 300 },
    frameworkErrors: answerMalformedUrl,
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AdminModule.with(ports, { sessions, cookie }),
    adapter,
    // Nest déclare ses options comme une classe, et attend un simple objet.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
    {
      logger: new NestLog(ports.log),
      abortOnError: false,
    },
  );
  const server = adapter.getInstance();
  logRequests(server, ports.log);
  ports.metriques.observe?.(server);
  installDeskGate(server, sessions, cookie);
  await server.register(createBoard(ports.queues), { prefix: BOARD_PATH });
  app.useGlobalFilters(new FaultFilter(ports.log));
  await app.init();
  return app;
}
