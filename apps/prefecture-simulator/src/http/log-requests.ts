import type { Log } from '@teletransmission/kernel';
import type { FastifyInstance } from 'fastify';

/** Écrit une ligne de journal par requête, à sa fin : la route et non l'adresse, qui porte des noms d'archives. */
export function logRequests(fastify: FastifyInstance, log: Log): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    log.info('requête', {
      event: 'request',
      method: request.method,
      route: request.routeOptions.url ?? 'inconnue',
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime),
    });
    done();
  });
}
