import { problemOfStatus, sendProblem } from '@teletransmission/http-problems';
import { TRACE } from '@teletransmission/observability';
import type { FastifyInstance } from 'fastify';
import { describedRouteOf } from '../openapi/described-route';
import { accepts } from './accepted-types';

/** Refuse (406), avant de rien faire, une demande dont `Accept` ne laisse pas ce que l'adresse rend. */
export function refuseUnacceptable(instance: FastifyInstance): void {
  instance.addHook('onRequest', (request, reply, done) => {
    const produced = describedRouteOf(request)?.success.type;
    if (produced === undefined || accepts(request.headers.accept, produced)) {
      done();
      return;
    }
    const { code, detail } = problemOfStatus(406);
    sendProblem(
      reply,
      { code, detail: `${detail} Elle sert : ${produced}.`, facts: { sert: produced } },
      TRACE.current(),
    );
  });
}

/** Toute réponse dit combien de temps elle se garde : pas du tout, sauf ce qui a dit autre chose. Ici tout est d'un compte. */
export function keepNothingByDefault(instance: FastifyInstance): void {
  instance.addHook('onSend', (_request, reply, payload, done) => {
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    done(null, payload);
  });
}
