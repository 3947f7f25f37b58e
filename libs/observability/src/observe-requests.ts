import type { Log } from '@teletransmission/kernel';
import type { FastifyInstance } from 'fastify';
import { TRACE, traceOfParent, withTrace } from './trace';

/** Une sonde revient toutes les quelques secondes : ses lignes noieraient les autres. Un refus des métriques, lui, se dit. */
export function isProbe(route: string, status: number): boolean {
  return route.startsWith('/health/') || (route === '/metrics' && status === 200);
}

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
    if (!isProbe(route, reply.statusCode)) {
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
