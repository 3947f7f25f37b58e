import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { unwrap } from '@teletransmission/http-problems';
import type { Compte } from '@teletransmission/teletransmission';
import { ConsultJournal } from '@teletransmission/teletransmission';
import { CurrentCompte } from '../authentication/bearer.guard';
import { pageQuerySchema } from '../request/page-query';
import { parseQuery } from '../request/parse-body';
import type { ChainsPageBody, HistoryPageBody } from './history.schema';
import { historyPageOf } from './history-body';

/** De quoi revérifier le journal avec un jeton seul : ses chaînes, leurs têtes, leurs entrées. */
@Controller('v1/journal/chaines')
export class JournalController {
  constructor(@Inject(ConsultJournal) private readonly journal: ConsultJournal) {}

  @Get()
  async chains(@CurrentCompte() compte: Compte, @Query() query: unknown): Promise<ChainsPageBody> {
    const { apres, limite } = parseQuery(pageQuerySchema, query);
    const page = unwrap(await this.journal.chains(compte, apres ?? null, limite));
    return { chaines: page.items.map((chain) => ({ ...chain })), suivant: page.next };
  }

  @Get(':chaine/historique')
  async historyOf(
    @CurrentCompte() compte: Compte,
    @Param('chaine') chaine: string,
    @Query() query: unknown,
  ): Promise<HistoryPageBody> {
    const { apres, limite } = parseQuery(pageQuerySchema, query);
    return historyPageOf(unwrap(await this.journal.historyOf(compte, chaine, apres ?? null, limite)));
  }
}
