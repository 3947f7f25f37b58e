import type { Settings } from '@teletransmission/config';
import { problemBody, problemDetailsOf, problemOfStatus } from '@teletransmission/http-problems';
import { TRACE } from '@teletransmission/observability';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DEPOSIT_MAX_BYTES } from '../deliberations/files-budget';

type Pace = Settings['portes']['corps'];

/** Ce que dure au plus un corps de ce poids (par défaut, le plus lourd que nous prenions), au débit le plus lent que nous admettions. */
export function longestBodyMs({ periodeMs, octetsParSeconde }: Pace, bytes = DEPOSIT_MAX_BYTES): number {
  return Math.ceil((bytes / octetsParSeconde) * 1_000) + periodeMs;
}

/** Ce que dure au plus une demande entière, en-têtes compris. */
export function longestRequestMs({ entetesMs, corps }: Settings['portes']): number {
  return entetesMs + longestBodyMs(corps);
}

/** Les délais que Node tient : il ne regarde que de temps en temps, assez souvent pour qu'une minute ne passe pas pour dix secondes. */
export function timeoutsOf(portes: Settings['portes']): {
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly connectionsCheckingInterval: number;
} {
  const { entetesMs } = portes;
  return {
    headersTimeout: entetesMs,
    requestTimeout: longestRequestMs(portes),
    connectionsCheckingInterval: Math.max(50, Math.floor(entetesMs / 4)),
  };
}

/**
 * Un corps qui n'avance plus tient une connexion, un fichier à demi écrit et la place d'un autre : sous le débit convenu, la demande est
 * refusée (408) et sa connexion se ferme.
 */
export function endSlowBodies(instance: FastifyInstance, pace: Pace): void {
  instance.addHook('onRequest', (request, reply, done) => {
    if (hasBody(request)) watch(request, reply, pace);
    done();
  });
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function watch({ raw }: FastifyRequest, reply: FastifyReply, pace: Pace): void {
  const expected = (pace.octetsParSeconde * pace.periodeMs) / 1_000;
  let seen = raw.socket.bytesRead;
  const timer = setInterval(() => {
    const arrived = raw.socket.bytesRead - seen;
    seen = raw.socket.bytesRead;
    // Des octets nous attendent, ou personne ne les lit encore : la lenteur est la nôtre.
    if (raw.readableLength > 0 || raw.readableFlowing !== true) return;
    if (arrived < expected) refuse();
  }, pace.periodeMs).unref();
  const stop = (): void => {
    clearInterval(timer);
  };
  raw.once('end', stop);
  raw.once('close', stop);
  reply.raw.once('close', stop);

  function refuse(): void {
    stop();
    const response = reply.raw;
    if (response.headersSent) {
      raw.destroy();
      return;
    }
    const body = problemBody(problemDetailsOf(problemOfStatus(408), TRACE.current()));
    response.writeHead(408, {
      'content-type': 'application/problem+json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      connection: 'close',
    });
    // Qui lit encore le corps l'apprend de sa fin prématurée, et reprend ce qu'il avait écrit.
    response.end(body, () => raw.destroy());
  }
}
