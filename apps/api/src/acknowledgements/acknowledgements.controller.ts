import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { unwrap } from '@teletransmission/http-problems';
import type {
  AcknowledgementCriteria,
  Compte,
  DeliberationView,
  Page,
} from '@teletransmission/teletransmission';
import { ConsultHistory } from '@teletransmission/teletransmission';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import type { z } from 'zod';
import { CurrentCompte } from '../authentication/bearer.guard';
import { deliberationBodyOf } from '../deliberations/deliberation-body';
import type { pageOfDeliberationsSchema } from '../deliberations/deliberation.schema';
import { parseQuery } from '../request/parse-body';
import { accusesHeader, accusesLine } from './acknowledgements-csv';
import { criteriaOf, criteriaSchema, exportSchema } from './criteria.schema';
import type { CsvVariante } from './csv-dialect';

type PageBody = z.output<typeof pageOfDeliberationsSchema>;

const CSV_PAGE = 500;

/** Les délibérations et l'historique de leurs accusés : page par page en JSON, d'un trait en CSV. */
@Controller('v1')
export class AcknowledgementsController {
  constructor(@Inject(ConsultHistory) private readonly history: ConsultHistory) {}

  @Get('deliberations')
  deliberations(@CurrentCompte() compte: Compte, @Query() query: unknown): Promise<PageBody> {
    return this.page(compte, query, {});
  }

  @Get('accuses')
  accuses(@CurrentCompte() compte: Compte, @Query() query: unknown): Promise<PageBody> {
    return this.page(compte, query, { avecAccuse: true });
  }

  @Get('accuses.csv')
  async csv(
    @CurrentCompte() compte: Compte,
    @Query() query: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { variante, ...parsed } = parseQuery(exportSchema, query);
    const criteria = { ...criteriaOf(parsed), avecAccuse: true };
    // La première page avant la réponse : un refus doit encore pouvoir en être un.
    const first = unwrap(await this.history.search(compte, criteria, null, CSV_PAGE));
    await reply
      .header('content-type', 'text/csv; charset=utf-8; header=present')
      .header('content-disposition', 'attachment; filename="accuses.csv"')
      .send(Readable.from(this.lines(compte, criteria, first, variante), { objectMode: false }));
  }

  private async page(compte: Compte, query: unknown, extra: AcknowledgementCriteria): Promise<PageBody> {
    const parsed = parseQuery(criteriaSchema, query);
    const criteria = { ...criteriaOf(parsed), ...extra };
    const page = unwrap(await this.history.search(compte, criteria, parsed.apres ?? null, parsed.limite));
    return { deliberations: page.items.map(deliberationBodyOf), suivant: page.next };
  }

  private async *lines(
    compte: Compte,
    criteria: AcknowledgementCriteria,
    first: Page<DeliberationView>,
    variante: CsvVariante,
  ): AsyncGenerator<string> {
    yield accusesHeader(variante);
    for (let page = first; ;) {
      yield page.items.map((view) => accusesLine(variante, deliberationBodyOf(view))).join('');
      if (page.next === null) return;
      page = unwrap(await this.history.search(compte, criteria, page.next, CSV_PAGE));
    }
  }
}
