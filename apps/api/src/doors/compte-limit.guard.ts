import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestLimits } from './request-limits';

/** Compte la demande à son compte, une fois qu'il est reconnu : le gardien des jetons passe d'abord. */
export class CompteLimitGuard implements CanActivate {
  constructor(private readonly limits: Pick<RequestLimits, 'admit'>) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (request.demandeur) await this.limits.admit('compte', request, http.getResponse<FastifyReply>());
    return true;
  }
}
