import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { unwrap } from '@teletransmission/http-problems';
import type { Compte, Steering, TransmissionId } from '@teletransmission/teletransmission';
import { ConsultHistory, RequestAnnulation, SteerTransmission } from '@teletransmission/teletransmission';
import { CurrentCompte } from '../authentication/bearer.guard';
import { deliberationBodyOf } from '../deliberations/deliberation-body';
import type { DeliberationBody } from '../deliberations/deliberation.schema';
import { parseBody } from '../request/parse-body';
import { motifSchema } from './motif.schema';

/** Les décisions humaines sur une transmission : la retenir, la remettre en file, la retirer. Motif obligatoire. */
@Controller('v1/deliberations/:id')
export class SteerTransmissionController {
  constructor(
    @Inject(SteerTransmission) private readonly steer: SteerTransmission,
    @Inject(RequestAnnulation) private readonly annulation: RequestAnnulation,
    @Inject(ConsultHistory) private readonly history: ConsultHistory,
  ) {}

  @Post('retenue')
  @HttpCode(200)
  hold(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<DeliberationBody> {
    return this.decide(compte, id, 'put-on-hold', body);
  }

  @Post('reprise')
  @HttpCode(200)
  resubmit(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<DeliberationBody> {
    return this.decide(compte, id, 'resubmitted', body);
  }

  @Post('retrait')
  @HttpCode(200)
  withdraw(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<DeliberationBody> {
    return this.decide(compte, id, 'withdrawn', body);
  }

  @Post('annulation')
  @HttpCode(202)
  async cancel(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<DeliberationBody> {
    const { motif } = parseBody(motifSchema, body);
    const view = unwrap(await this.history.deliberation(compte, id));
    const transmissionId = view.transmission.id as TransmissionId;
    unwrap(await this.annulation.execute({ compte, transmissionId, motif }));
    return deliberationBodyOf(unwrap(await this.history.deliberation(compte, id)));
  }

  private async decide(
    compte: Compte,
    id: string,
    steering: Steering,
    body: unknown,
  ): Promise<DeliberationBody> {
    const { motif } = parseBody(motifSchema, body);
    const view = unwrap(await this.history.deliberation(compte, id));
    unwrap(
      await this.steer.execute({
        compte,
        transmissionId: view.transmission.id as TransmissionId,
        steering,
        motif,
      }),
    );
    return deliberationBodyOf(unwrap(await this.history.deliberation(compte, id)));
  }
}
