import { problemOfStatus, sendProblem } from '@teletransmission/http-problems';
import { TRACE } from '@teletransmission/observability';
import type { FastifyInstance } from 'fastify';
import { METHODS } from 'node:http';

/**
 * Ce que chaque adresse admet. Une adresse servie qui reçoit une autre méthode répond 405, `OPTIONS` répond 204, et les deux disent dans
 * `Allow` ce qui est admis : 404 ferait chercher une adresse qui est la bonne.
 */
export class AllowedMethods {
  private readonly byUrl = new Map<string, Set<string>>();
  private isClosed = false;

  /** À appeler avant que les routes soient posées : on les lit à mesure. */
  constructor(private readonly instance: FastifyInstance) {
    // Une méthode que le cadre ne connaît pas n'atteindrait aucune route, et dirait l'adresse inconnue. CONNECT ne vient jamais jusqu'ici.
    const unknown = METHODS.filter((one) => one !== 'CONNECT' && !instance.supportedMethods.includes(one));
    for (const method of unknown) instance.addHttpMethod(method, { hasBody: true });
    instance.addHook('onRoute', ({ url, method }) => {
      if (this.isClosed) return;
      const methods = this.byUrl.get(url) ?? new Set<string>();
      for (const one of [method].flat()) methods.add(one.toUpperCase());
      this.byUrl.set(url, methods);
    });
  }

  /** À appeler une fois toutes les routes posées. @param isServed faux d'une adresse que les réglages ont fermée */
  close(isServed: (url: string) => boolean): void {
    this.isClosed = true;
    for (const [url, methods] of this.byUrl) if (isServed(url)) this.answerOthers(url, methods);
    const everywhere = allowOf([...this.byUrl.values()].flatMap((methods) => [...methods]));
    // « OPTIONS * » parle du serveur entier : aucune route ne porte cette adresse-là.
    this.instance.addHook('onRequest', ({ method, raw }, reply, done) => {
      if (method === 'OPTIONS' && raw.url === '*') void reply.status(204).header('allow', everywhere).send();
      else done();
    });
  }

  private answerOthers(url: string, methods: ReadonlySet<string>): void {
    const allow = allowOf([...methods]);
    const others = this.instance.supportedMethods.filter((method) => !methods.has(method));
    this.instance.route({
      method: others,
      url,
      exposeHeadRoute: false,
      // Avant de lire le corps : rien de ce qu'il porte ne changerait la réponse.
      onRequest: (request, reply) => {
        if (request.method === 'OPTIONS') void reply.status(204).header('allow', allow).send();
        else sendProblem(reply, problemOfStatus(405), TRACE.current(), { allow });
      },
      handler: () => undefined,
    });
  }
}

function allowOf(methods: readonly string[]): string {
  return [...new Set([...methods, 'OPTIONS'])].sort().join(', ');
}
