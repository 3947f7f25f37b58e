import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { unwrap } from '@teletransmission/http-problems';
import type { Clock, Problem } from '@teletransmission/kernel';
import type {
  CollectiviteRepository,
  Compte,
  DeliberationView,
  Page,
} from '@teletransmission/teletransmission';
import { ConsultHistory } from '@teletransmission/teletransmission';
import type { FastifyReply } from 'fastify';
import { CLOCK, COLLECTIVITES } from '../desk-ports';
import { CurrentCompte } from '../session/current-compte';
import { renderDeliberationList } from './deliberation-list-page';
import { criteriaOf, filterOf } from './list-filter';

const PAGE_SIZE = 50;
const NOTHING: Page<DeliberationView> = { items: [], next: null };

/** La liste des délibérations, bornée à ce que le compte peut voir. */
@Controller('deliberations')
export class DeliberationListController {
  constructor(
    private readonly history: ConsultHistory,
    @Inject(COLLECTIVITES) private readonly collectivites: CollectiviteRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async list(
    @CurrentCompte() compte: Compte,
    @Query() query: Readonly<Record<string, unknown>>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const filter = filterOf(query);
    const after = typeof query['apres'] === 'string' && query['apres'] !== '' ? query['apres'] : null;
    const criteria = criteriaOf(filter);
    const refusal: Problem | null = criteria.ok ? null : criteria.problem;
    const page = criteria.ok
      ? unwrap(await this.history.search(compte, criteria.value, after, PAGE_SIZE))
      : NOTHING;
    const collectivites = compte.collectiviteId === null ? await this.collectivites.list() : [];
    const html = renderDeliberationList({
      compte,
      filter,
      collectivites,
      page,
      refusal,
      isContinued: after !== null,
      now: this.clock.now(),
    });
    void reply
      .status(refusal ? 400 : 200)
      .type('text/html; charset=utf-8')
      .send(html);
  }
}
