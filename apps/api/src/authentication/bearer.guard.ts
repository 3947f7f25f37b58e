import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { problemOfStatus, ProblemException } from '@teletransmission/http-problems';
import type { Compte, CompteRepository, SecretSource } from '@teletransmission/teletransmission';
import { OPEN_TO_ALL } from '@teletransmission/observability';
import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    demandeur?: Compte;
  }
}

/** Le compte qui demande ; le gardien l'a déjà reconnu. */
export const CurrentCompte = createParamDecorator((_: unknown, context: ExecutionContext): Compte => {
  const { demandeur } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!demandeur) throw new ProblemException(problemOfStatus(401));
  return demandeur;
});

/** Reconnaît le jeton de chaque demande. Sans jeton valide, aucune adresse ne répond. */
export class BearerGuard implements CanActivate {
  private readonly reflector = new Reflector();

  constructor(
    private readonly comptes: Pick<CompteRepository, 'findByJeton'>,
    private readonly secrets: SecretSource,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (
      this.reflector.getAllAndOverride<boolean | undefined>(OPEN_TO_ALL, [
        context.getHandler(),
        context.getClass(),
      ])
    )
      return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const jeton = /^Bearer ([A-Za-z0-9_-]{20,200})$/i.exec(request.headers.authorization ?? '')?.[1];
    const compte =
      jeton === undefined ? null : await this.comptes.findByJeton(this.secrets.empreinteOf(jeton));
    if (!compte) throw new ProblemException(problemOfStatus(401));
    request.demandeur = compte;
    return true;
  }
}
