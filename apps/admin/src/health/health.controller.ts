import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { Dependency, HealthReport } from '@teletransmission/observability';
import { HealthWatch } from '@teletransmission/observability';
import type { FastifyReply } from 'fastify';
import type { Clock } from '@teletransmission/kernel';
import { CLOCK, DEPENDENCIES } from '../desk-ports';

/** L'état du processus, sans session : le superviseur n'a pas de jeton. */
@Controller('health')
export class HealthController {
  private readonly health: HealthWatch;

  constructor(@Inject(DEPENDENCIES) dependencies: readonly Dependency[], @Inject(CLOCK) clock: Clock) {
    this.health = new HealthWatch(dependencies, clock);
  }

  @Get('live')
  live(): { readonly etat: 'ok' } {
    return { etat: 'ok' };
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    const report = await this.health.report();
    void reply.status(report.etat === 'en-panne' ? 503 : 200);
    return report;
  }
}
