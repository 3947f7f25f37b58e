import { authorize } from '@teletransmission/teletransmission';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { renderFault } from '../faults/fault-page';
import type { DeskSessions } from '../session/desk-sessions';
import type { SessionCookie } from '../session/session-cookie';
import { isBoardPath, isOpenPath, pathOf } from './path-scope';
import { isSameOrigin } from './same-origin';
import { securityHeaders } from './security-headers';

const READ_METHODS = new Set(['GET', 'HEAD']);

function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  titre: string,
  detail: string,
): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .send(renderFault({ status, titre, detail, compte: request.compte }));
}

/**
 * La porte d'entrée du bureau, posée sous Nest : elle couvre aussi bull-board, que Nest ne voit pas. Fermée par défaut ;
 * la salle des files ne s'ouvre qu'au rôle qui la voit, et n'y laisse rien écrire quoi que bull-board en pense.
 */
export function installDeskGate(
  server: FastifyInstance,
  sessions: DeskSessions,
  cookie: SessionCookie,
): void {
  server.decorateRequest('compte', null);
  server.addHook('onRequest', async (request, reply) => {
    // Le chemin déjà choisi par le routeur l'emporte : un chemin écrit de façon détournée n'échappe pas à sa règle.
    const path = request.routeOptions.url ?? pathOf(request.url);
    const isBoard = isBoardPath(path);
    void reply.headers(securityHeaders(isBoard));
    if (!isSameOrigin(request.method, request.headers)) {
      return refuse(
        request,
        reply,
        403,
        'Demande refusée',
        'Cette demande ne vient pas d’une page du bureau. Rechargez la page et recommencez.',
      );
    }
    if (isOpenPath(path)) return undefined;
    request.compte = await sessions.whoIs(cookie.read(request.headers.cookie));
    if (!request.compte) {
      const suite =
        READ_METHODS.has(request.method) && !isBoard ? `?suite=${encodeURIComponent(request.url)}` : '';
      return reply.redirect(`/connexion${suite === '?suite=%2F' ? '' : suite}`, 303);
    }
    if (!isBoard) return undefined;
    const allowed = authorize(request.compte, 'voir-files', null);
    if (!allowed.ok) return refuse(request, reply, 403, 'Accès refusé', allowed.problem.detail);
    if (READ_METHODS.has(request.method)) return undefined;
    return refuse(
      request,
      reply.header('allow', 'GET, HEAD'),
      405,
      'Lecture seule',
      'Les files se regardent sans se toucher : une action sur un travail ne laisserait aucune trace dans l’historique de la délibération.',
    );
  });
}
