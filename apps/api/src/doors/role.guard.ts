import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { unwrap } from '@teletransmission/http-problems';
import { authorize } from '@teletransmission/teletransmission';
import type { FastifyRequest } from 'fastify';
import { describedRouteOf } from '../openapi/described-route';

/**
 * Refuse un rôle avant de rien lire de ce que la demande nomme : la réponse à qui n'a pas le droit est la même que la chose existe ou non.
 * Le droit est celui que la description annonce ; le cas d'usage le juge encore, avec la collectivité.
 */
export class RoleGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const action = describedRouteOf(request)?.action ?? null;
    const { demandeur } = request;
    if (demandeur && action !== null) unwrap(authorize(demandeur, action, demandeur.collectiviteId));
    return true;
  }
}
