import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { unwrap } from '@teletransmission/http-problems';
import type { Compte, DeliberationId } from '@teletransmission/teletransmission';
import { ConsultHistory, PublishDeliberation } from '@teletransmission/teletransmission';
import { CurrentCompte } from '../authentication/bearer.guard';
import { parseBody } from '../request/parse-body';
import { deliberationBodyOf } from '../deliberations/deliberation-body';
import type { DeliberationBody } from '../deliberations/deliberation.schema';
import { publicationSchema } from './publication.schema';

/** Étape 8 : un agent déclare la publication, par son adresse ou son moyen ; la réponse porte la date exécutoire qui en découle. */
@Controller('v1/deliberations/:id/publication')
export class DeclarePublicationController {
  constructor(
    @Inject(PublishDeliberation) private readonly publish: PublishDeliberation,
    @Inject(ConsultHistory) private readonly history: ConsultHistory,
  ) {}

  @Post()
  @HttpCode(200)
  async declare(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<DeliberationBody> {
    const { datePublication, adresse = null, moyen = null } = parseBody(publicationSchema, body);
    // La lecture d'abord : elle refuse une identité mal formée ou d'une autre collectivité.
    unwrap(await this.history.deliberation(compte, id));
    const deliberationId = id as DeliberationId;
    unwrap(await this.publish.declare({ compte, deliberationId, datePublication, adresse, moyen }));
    return deliberationBodyOf(unwrap(await this.history.deliberation(compte, id)));
  }
}
