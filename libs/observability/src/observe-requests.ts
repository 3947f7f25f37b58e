import type { Log } from '@teletransmission/kernel';
import type { FastifyInstance } from 'fastify';
import { TRACE, traceOfParent, withTrace } from './trace';

/**
 * Met chaque demande sous une trace et écrit une ligne à sa fin : méthode, route déclarée (jamais l'adresse, qui porte des critères),
 * statut, durée.
 */
export function observeRequests(instance: FastifyInstance, log: Log): void {
  instance.addHook('onRequest', (request, reply, done) => {
    withTrace(traceOfParent(request.headers.traceparent?.toString()), () => {
      const traceId = TRACE.current();
      if (traceId !== null) void reply.header('trace-id', traceId);
      done();
    });
  });
  instance.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'inconnue';
    if (!route.startsWith('/health/')) {
      log.info('demande traitée', {
        method: request.method,
        route,
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime),
      });
    }
    done();
  });
}
