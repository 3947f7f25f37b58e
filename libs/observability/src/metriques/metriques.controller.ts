import {
  Controller,
  Get,
  Headers,
  Inject,
  NotFoundException,
  Res,
  SetMetadata,
  UnauthorizedException,
} from '@nestjs/common';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { OPEN_TO_ALL } from '../health.controller';
import { EXPOSITION_TYPE } from './exposition';

/** Ce que l'adresse des métriques demande et rend. */
export interface Metriques {
  /** Le secret de qui les lit ; `null` : l'adresse n'existe pas. */
  readonly jeton: string | null;
  readonly page: { read(): Promise<string> };
  /** Mesure le temps des réponses d'une application. */
  observe?(instance: FastifyInstance): void;
}

export const METRIQUES = Symbol('Metriques');

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compare sans dire, par le temps qu'on met, combien de caractères sont justes. */
function isBearer(authorization: string | undefined, jeton: string): boolean {
  const given = /^Bearer ([\x21-\x7e]{1,500})$/i.exec(authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(jeton));
}

/** Les métriques, pour Prometheus seul : son jeton n'est celui d'aucun compte, et n'ouvre rien d'autre. */
@SetMetadata(OPEN_TO_ALL, true)
@Controller('metrics')
export class MetriquesController {
  constructor(@Inject(METRIQUES) private readonly metriques: Metriques) {}

  @Get()
  async read(
    @Headers('authorization') authorization: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { jeton, page } = this.metriques;
    if (jeton === null) throw new NotFoundException();
    if (!isBearer(authorization, jeton)) {
      void reply.header('www-authenticate', 'Bearer');
      throw new UnauthorizedException();
    }
    void reply.header('content-type', EXPOSITION_TYPE).header('cache-control', 'no-store');
    return page.read();
  }
}
