import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { unwrap } from '@teletransmission/http-problems';
import type { Compte } from '@teletransmission/teletransmission';
import { ConsultHistory } from '@teletransmission/teletransmission';
import { CurrentCompte } from '../authentication/bearer.guard';
import { pageQuerySchema } from '../request/page-query';
import { parseQuery } from '../request/parse-body';
import type { HistoryPageBody } from './history.schema';
import { historyPageOf } from './history-body';

/** Étape 9 : ce qui s'est passé, entrée par entrée, avec les empreintes qui le prouvent. */
@Controller('v1')
export class AuditHistoryController {
  constructor(@Inject(ConsultHistory) private readonly history: ConsultHistory) {}

  @Get('deliberations/:id/historique')
  async ofDeliberation(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Query() query: unknown,
  ): Promise<HistoryPageBody> {
    const { apres, limite } = parseQuery(pageQuerySchema, query);
    return historyPageOf(unwrap(await this.history.historyOf(compte, id, apres ?? null, limite)));
  }

  @Get('collectivites/:siren/historique')
  async ofCollectivite(
    @CurrentCompte() compte: Compte,
    @Param('siren') siren: string,
    @Query() query: unknown,
  ): Promise<HistoryPageBody> {
    const { apres, limite } = parseQuery(pageQuerySchema, query);
    return historyPageOf(
      unwrap(await this.history.historyOfCollectivite(compte, siren, apres ?? null, limite)),
    );
  }
}
