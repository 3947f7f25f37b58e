import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { unwrap } from '@teletransmission/http-problems';
import type { Compte, TransmissionId } from '@teletransmission/teletransmission';
import { ConsultHistory, ResolveUncertain } from '@teletransmission/teletransmission';
import { CurrentCompte } from '../authentication/bearer.guard';
import { parseBody } from '../request/parse-body';
import { concertationBodyOf } from './concertation-body';
import type { ConcertationBody } from './constat.schema';
import { constatSchema } from './constat.schema';

/** Le constat d'un opérateur sur un envoi incertain. Deux comptes d'accord le tranchent. */
@Controller('v1/deliberations/:id')
export class ConstatController {
  constructor(
    @Inject(ResolveUncertain) private readonly resolve: ResolveUncertain,
    @Inject(ConsultHistory) private readonly history: ConsultHistory,
  ) {}

  @Post('constat')
  @HttpCode(202)
  async say(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<ConcertationBody> {
    const { constat, motif } = parseBody(constatSchema, body);
    const view = unwrap(await this.history.deliberation(compte, id));
    const transmissionId = view.transmission.id as TransmissionId;
    const answer = unwrap(await this.resolve.execute({ compte, transmissionId, constat, motif }));
    return concertationBodyOf(answer);
  }
}
