import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { Dependency, HealthReport } from '@teletransmission/observability';
import { checkHealth } from '@teletransmission/observability';
import type { FastifyReply } from 'fastify';
import { DEPENDENCIES } from '../desk-ports';

/** L'état du processus, sans session : le superviseur n'a pas de jeton. */
@Controller('health')
export class HealthController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: readonly Dependency[]) {}

  @Get('live')
  live(): { readonly etat: 'ok' } {
    return { etat: 'ok' };
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    const report = await checkHealth(this.dependencies);
    void reply.status(report.etat === 'ok' ? 200 : 503);
    return report;
  }
}
