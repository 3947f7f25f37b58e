import { Controller, Get, Inject, Query } from '@nestjs/common';
import { unwrap } from '@teletransmission/http-problems';
import type { Compte } from '@teletransmission/teletransmission';
import { ALERTE_LABELS, ConsultAlertes } from '@teletransmission/teletransmission';
import { CurrentCompte } from '../authentication/bearer.guard';
import { pageQuerySchema } from '../request/page-query';
import { parseQuery } from '../request/parse-body';
import type { PageOfAlertesBody } from './alerte.schema';

/** Ce qui demande une personne, et pourquoi. */
@Controller('v1/alertes')
export class AlertesController {
  constructor(@Inject(ConsultAlertes) private readonly alertes: ConsultAlertes) {}

  @Get()
  async list(@CurrentCompte() compte: Compte, @Query() query: unknown): Promise<PageOfAlertesBody> {
    const { apres, limite } = parseQuery(pageQuerySchema, query);
    const page = unwrap(await this.alertes.open(compte, apres ?? null, limite));
    return {
      alertes: page.items.map((alerte) => ({
        id: alerte.id,
        genre: alerte.genre,
        libelle: ALERTE_LABELS[alerte.genre],
        gravite: alerte.gravite,
        sujet: alerte.sujet,
        sujetId: alerte.sujetId,
        deliberation: alerte.deliberationId,
        identifiantActe: alerte.identifiantActe,
        siren: alerte.collectivite?.siren ?? null,
        depuis: alerte.depuis,
        ouverteLe: alerte.ouverteLe,
        detail: alerte.detail,
      })),
      suivant: page.next,
    };
  }
}
