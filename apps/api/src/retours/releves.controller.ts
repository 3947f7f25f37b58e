import { Controller, Get, Inject, Query } from '@nestjs/common';
import { unwrap } from '@teletransmission/http-problems';
import type { Compte } from '@teletransmission/teletransmission';
import { ConsultReleves } from '@teletransmission/teletransmission';
import { CurrentCompte } from '../authentication/bearer.guard';
import { pageQuerySchema } from '../request/page-query';
import { parseQuery } from '../request/parse-body';
import type { PageOfRelevesBody } from './releve.schema';
import { releveBodyOf } from './releve.schema';

/** Les retours que la préfecture annonce et qui ne se relèvent pas : pourquoi, et quand nous réessaierons. */
@Controller('v1/releves-en-echec')
export class RelevesController {
  constructor(@Inject(ConsultReleves) private readonly releves: ConsultReleves) {}

  @Get()
  async list(@CurrentCompte() compte: Compte, @Query() query: unknown): Promise<PageOfRelevesBody> {
    const { apres, limite } = parseQuery(pageQuerySchema, query);
    const page = unwrap(await this.releves.failing(compte, apres ?? null, limite));
    return { releves: page.items.map(releveBodyOf), suivant: page.next };
  }
}
