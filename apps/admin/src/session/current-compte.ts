import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { Compte } from '@teletransmission/teletransmission';
import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Qui a ouvert le bureau ; posé par la porte d'entrée, nul sur les pages ouvertes à tous. */
    compte: Compte | null;
  }
}

/** Le compte de la session. Une page qui le demande sans être derrière la porte d'entrée est un défaut à nous. */
export const CurrentCompte = createParamDecorator((_: unknown, context: ExecutionContext): Compte => {
  const { compte } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!compte) throw new Error('Page servie sans session');
  return compte;
});
