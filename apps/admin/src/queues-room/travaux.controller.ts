import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ProblemException, unwrap } from '@teletransmission/http-problems';
import type { Compte, Readings } from '@teletransmission/teletransmission';
import { authorize, isUuid } from '@teletransmission/teletransmission';
import type { FastifyReply } from 'fastify';
import { READINGS } from '../desk-ports';
import { CurrentCompte } from '../session/current-compte';

/** Le chemin d'un travail vers sa délibération : les files ne connaissent que des identités. */
@Controller('travaux')
export class TravauxController {
  constructor(@Inject(READINGS) private readonly readings: Readings) {}

  @Get(':queue/:cible')
  async find(
    @CurrentCompte() compte: Compte,
    @Param('queue') queue: string,
    @Param('cible') cible: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    unwrap(authorize(compte, 'voir-files', null));
    const deliberationId = isUuid(cible) ? await this.readings.deliberationOf(cible) : null;
    if (deliberationId === null) {
      throw new ProblemException({
        code: 'http/not-found',
        detail: `Ce travail de la file « ${queue} » ne mène à aucune délibération : un retour non encore rattaché se trouve au bac des retours.`,
      });
    }
    void reply.redirect(`/deliberations/${deliberationId}`, 303);
  }
}
