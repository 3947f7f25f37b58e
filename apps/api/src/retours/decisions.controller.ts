import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { unwrap } from '@teletransmission/http-problems';
import type { CivilDate } from '@teletransmission/kernel';
import type { Compte, Settling } from '@teletransmission/teletransmission';
import { SettleDecision } from '@teletransmission/teletransmission';
import { CurrentCompte } from '../authentication/bearer.guard';
import { parseBody, parseQuery } from '../request/parse-body';
import { motifSchema } from '../transmissions/motif.schema';
import { decisionBodyOf } from './decision-body';
import type { DecisionBody, PageOfDecisionsBody } from './decision.schema';
import { confirmationSchema, decisionsQuerySchema } from './decision.schema';

/** Les décisions prises sur les retours : celles qui attendent une seconde personne, et ce qu'elle en fait. */
@Controller('v1/decisions-de-retours')
export class DecisionsController {
  constructor(@Inject(SettleDecision) private readonly decisions: SettleDecision) {}

  @Get()
  async list(@CurrentCompte() compte: Compte, @Query() query: unknown): Promise<PageOfDecisionsBody> {
    const { retour, etat, apres, limite } = parseQuery(decisionsQuerySchema, query);
    const asked = {
      ...(retour === undefined ? {} : { retourId: retour }),
      ...(etat === undefined ? {} : { etat }),
    };
    const page = unwrap(await this.decisions.list(compte, asked, apres ?? null, limite));
    return { decisions: page.items.map(decisionBodyOf), suivant: page.next };
  }

  @Get(':id')
  async read(@CurrentCompte() compte: Compte, @Param('id') id: string): Promise<DecisionBody> {
    return decisionBodyOf(unwrap(await this.decisions.consult(compte, id)));
  }

  @Post(':id/confirmation')
  @HttpCode(200)
  confirm(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<DecisionBody> {
    const { dateReception, motif } = parseBody(confirmationSchema, body);
    return this.settle(compte, id, { kind: 'confirmer', dateReception: dateReception as CivilDate }, motif);
  }

  @Post(':id/refus')
  @HttpCode(200)
  refuse(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<DecisionBody> {
    return this.settle(compte, id, { kind: 'refuser' }, parseBody(motifSchema, body).motif);
  }

  @Post(':id/retrait')
  @HttpCode(200)
  withdraw(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<DecisionBody> {
    return this.settle(compte, id, { kind: 'retirer' }, parseBody(motifSchema, body).motif);
  }

  private async settle(compte: Compte, id: string, settling: Settling, motif: string): Promise<DecisionBody> {
    return decisionBodyOf(unwrap(await this.decisions.execute({ compte, id, settling, motif })));
  }
}
