import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { unwrap } from '@teletransmission/http-problems';
import type { Compte, Handling, TransmissionId } from '@teletransmission/teletransmission';
import { ConsultHistory, HandleRetour } from '@teletransmission/teletransmission';
import { CurrentCompte } from '../authentication/bearer.guard';
import { parseBody } from '../request/parse-body';
import { motifSchema } from '../transmissions/motif.schema';
import { retourBodyOf } from './retour-body';
import type { RetourBody } from './retour.schema';
import { rattachementSchema } from './retour.schema';

/** Le bac, à la main : relire, mettre de côté, en reprendre, rattacher. Motif obligatoire ; le travailleur applique ensuite. */
@Controller('v1/retours/:id')
export class HandleRetourController {
  constructor(
    @Inject(HandleRetour) private readonly retours: HandleRetour,
    @Inject(ConsultHistory) private readonly history: ConsultHistory,
  ) {}

  @Post('relecture')
  @HttpCode(202)
  readAgain(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<RetourBody> {
    return this.handle(compte, id, { kind: 'relire' }, parseBody(motifSchema, body).motif);
  }

  @Post('mise-de-cote')
  @HttpCode(200)
  setAside(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<RetourBody> {
    return this.handle(compte, id, { kind: 'mettre-de-cote' }, parseBody(motifSchema, body).motif);
  }

  @Post('reprise')
  @HttpCode(202)
  takeUp(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<RetourBody> {
    return this.handle(compte, id, { kind: 'reprendre' }, parseBody(motifSchema, body).motif);
  }

  @Post('rattachement')
  @HttpCode(202)
  async attach(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<RetourBody> {
    const { deliberation, transmission, motif } = parseBody(rattachementSchema, body);
    const target =
      deliberation === undefined
        ? transmission
        : unwrap(await this.history.deliberation(compte, deliberation)).transmission.id;
    return this.handle(compte, id, { kind: 'rattacher', transmissionId: target as TransmissionId }, motif);
  }

  private async handle(compte: Compte, id: string, handling: Handling, motif: string): Promise<RetourBody> {
    return retourBodyOf(unwrap(await this.retours.execute({ compte, id, handling, motif })));
  }
}
