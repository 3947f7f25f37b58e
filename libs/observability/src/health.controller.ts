import { Controller, Get, Inject, Res, SetMetadata } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Dependency, HealthReport } from './health';
import { HealthWatch } from './health';
import { SystemClock } from './system-clock';

export const DEPENDENCIES = Symbol('Dependencies');

/** Marque d'une adresse qui répond sans compte ; les gardiens la respectent. La santé la porte, et les métriques, qui ont leur propre jeton. */
export const OPEN_TO_ALL = 'ouvert-a-tous';

/** La santé d'un processus : vivant, et prêt avec le nom de ce qui manque. */
@SetMetadata(OPEN_TO_ALL, true)
@Controller('health')
export class HealthController {
  private readonly health: HealthWatch;

  constructor(@Inject(DEPENDENCIES) dependencies: readonly Dependency[]) {
    this.health = new HealthWatch(dependencies, new SystemClock());
  }

  @Get('live')
  live(): { etat: 'ok' } {
    return { etat: 'ok' };
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    const report = await this.health.report();
    if (report.etat === 'en-panne') void reply.status(503);
    return report;
  }
}
