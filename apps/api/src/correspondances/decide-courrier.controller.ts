import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { unwrap } from '@teletransmission/http-problems';
import type { Compte } from '@teletransmission/teletransmission';
import { FileCourrier, SteerReponse, TakeDefere } from '@teletransmission/teletransmission';
import { CurrentCompte } from '../authentication/bearer.guard';
import { parseBody } from '../request/parse-body';
import { concertationBodyOf } from '../transmissions/concertation-body';
import type { ConcertationBody } from '../transmissions/constat.schema';
import { constatSchema } from '../transmissions/constat.schema';
import { motifSchema } from '../transmissions/motif.schema';
import type { CorrespondanceBody } from './correspondance.schema';
import { correspondanceBodyOf } from './correspondance-body';

/** Ce qu'une personne décide d'une lettre ou de sa réponse. Motif obligatoire. */
@Controller('v1/correspondances/:id')
export class DecideCourrierController {
  constructor(
    @Inject(TakeDefere) private readonly deferes: TakeDefere,
    @Inject(FileCourrier) private readonly filing: FileCourrier,
    @Inject(SteerReponse) private readonly reponses: SteerReponse,
  ) {}

  @Post('prise-en-charge')
  @HttpCode(200)
  async take(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<CorrespondanceBody> {
    const { motif } = parseBody(motifSchema, body);
    return correspondanceBodyOf(unwrap(await this.deferes.execute(compte, id, motif)));
  }

  @Post('classement')
  @HttpCode(200)
  async file(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<CorrespondanceBody> {
    const { motif } = parseBody(motifSchema, body);
    return correspondanceBodyOf(unwrap(await this.filing.execute(compte, id, motif)));
  }

  @Post('reponse/reprise')
  @HttpCode(200)
  async resume(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<CorrespondanceBody> {
    const { motif } = parseBody(motifSchema, body);
    return correspondanceBodyOf(unwrap(await this.reponses.resume({ compte, correspondanceId: id, motif })));
  }

  @Post('reponse/retrait')
  @HttpCode(200)
  async withdraw(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<CorrespondanceBody> {
    const { motif } = parseBody(motifSchema, body);
    return correspondanceBodyOf(
      unwrap(await this.reponses.withdraw({ compte, correspondanceId: id, motif })),
    );
  }

  @Post('reponse/constat')
  @HttpCode(202)
  async settle(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<ConcertationBody> {
    const { constat, motif } = parseBody(constatSchema, body);
    return concertationBodyOf(
      unwrap(await this.reponses.settle({ compte, correspondanceId: id, motif, constat })),
    );
  }
}
