import { Controller, Get, Inject, Res, SetMetadata } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Dependency, HealthReport } from './health';
import { checkHealth } from './health';

export const DEPENDENCIES = Symbol('Dependencies');

/** Marque d'une adresse qui répond sans compte ; les gardiens la respectent. La santé seule la porte. */
export const OPEN_TO_ALL = 'ouvert-a-tous';

/** La santé d'un processus : vivant, et prêt avec le nom de ce qui manque. */
@SetMetadata(OPEN_TO_ALL, true)
@Controller('health')
export class HealthController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: readonly Dependency[]) {}

  @Get('live')
  live(): { etat: 'ok' } {
    return { etat: 'ok' };
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    const report = await checkHealth(this.dependencies);
    if (report.etat !== 'ok') void reply.status(503);
    return report;
  }
}
