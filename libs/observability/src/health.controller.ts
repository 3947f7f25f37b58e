import { Controller, Get, Inject, Res, SetMetadata } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { HealthReport } from './health';
import { HealthWatch } from './health';

/** Marque d'une adresse qui répond sans compte ; les gardiens la respectent. La santé la porte, et les métriques, qui ont leur propre jeton. */
export const OPEN_TO_ALL = 'ouvert-a-tous';

/** La santé d'un processus : vivant, et prêt avec le nom de ce qui manque. Sans compte : le superviseur n'a pas de jeton. */
@SetMetadata(OPEN_TO_ALL, true)
@Controller('health')
export class HealthController {
  constructor(@Inject(HealthWatch) private readonly health: HealthWatch) {}

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
