import type { Log } from '@teletransmission/kernel';
import { isProbe } from '@teletransmission/observability';
import type { FastifyInstance } from 'fastify';

/** Une ligne par demande, à sa fin. La route, jamais l'adresse entière : une recherche peut citer un objet. */
export function logRequests(server: FastifyInstance, log: Log): void {
  server.addHook('onResponse', (request, reply, done) => {
    const { compte } = request;
    const route = request.routeOptions.url ?? 'inconnue';
    if (isProbe(route, reply.statusCode)) {
      done();
      return;
    }
    log.info('demande servie', {
      method: request.method,
      route,
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime),
      ...(compte ? { compteId: compte.id } : {}),
    });
    done();
  });
}
