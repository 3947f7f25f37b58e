import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { unwrap } from '@teletransmission/http-problems';
import type { Compte } from '@teletransmission/teletransmission';
import { RequestClassification } from '@teletransmission/teletransmission';
import { CurrentCompte } from '../authentication/bearer.guard';
import { parseBody } from '../request/parse-body';
import { motifSchema } from '../transmissions/motif.schema';
import type { ClassificationBody, DemandeBody } from './classification.schema';

/** La nomenclature que la préfecture a donnée à une collectivité, et de quoi la redemander. */
@Controller('v1/collectivites/:siren/classification')
export class ClassificationController {
  constructor(@Inject(RequestClassification) private readonly classification: RequestClassification) {}

  @Get()
  async read(@CurrentCompte() compte: Compte, @Param('siren') siren: string): Promise<ClassificationBody> {
    const { dateVersion, recueLe, natures, matieres } = unwrap(
      await this.classification.consult(compte, siren),
    );
    return {
      siren,
      dateVersion,
      recueLe,
      natures: natures.map((nature) => ({ ...nature, typesPiece: [...nature.typesPiece] })),
      matieres: [...matieres],
    };
  }

  @Post()
  @HttpCode(202)
  async ask(@CurrentCompte() compte: Compte, @Param('siren') siren: string): Promise<DemandeBody> {
    return { siren, demandee: true, depuis: unwrap(await this.classification.ask(compte, siren)) };
  }

  @Post('abandon')
  @HttpCode(200)
  async end(
    @CurrentCompte() compte: Compte,
    @Param('siren') siren: string,
    @Body() body: unknown,
  ): Promise<DemandeBody> {
    const { motif } = parseBody(motifSchema, body);
    return { siren, demandee: false, depuis: unwrap(await this.classification.end(compte, siren, motif)) };
  }
}
