import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { SimulatorSettings } from '../settings';
import { problemException } from './problem-exception';
import { SETTINGS } from './tokens';

const digest = (texte: string): Buffer => createHash('sha256').update(texte).digest();

/** Exige `Authorization: Bearer <jeton>` quand un jeton est réglé. */
@Injectable()
export class JetonGuard implements CanActivate {
  constructor(@Inject(SETTINGS) private readonly settings: SimulatorSettings) {}

  canActivate(context: ExecutionContext): boolean {
    const { jeton } = this.settings;
    if (jeton === undefined) return true;
    const recu = context.switchToHttp().getRequest<FastifyRequest>().headers.authorization ?? '';
    // On compare des empreintes : même longueur, même durée, quoi qu'on reçoive.
    if (timingSafeEqual(digest(recu), digest(`Bearer ${jeton}`))) return true;
    throw problemException(401, {
      code: 'simulateur/unauthorized',
      detail: "Présenter le jeton du simulateur dans l'en-tête Authorization.",
    });
  }
}
