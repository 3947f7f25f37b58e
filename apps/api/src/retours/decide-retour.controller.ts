import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { unwrap } from '@teletransmission/http-problems';
import type { Compte, DesignatedTarget } from '@teletransmission/teletransmission';
import { ConsultHistory, DecideRetour } from '@teletransmission/teletransmission';
import { CurrentCompte } from '../authentication/bearer.guard';
import { parseBody } from '../request/parse-body';
import { contenuOf, decisionBodyOf } from './decision-body';
import type { DecisionBody, DecisionRequest } from './decision.schema';
import { decisionSchema } from './decision.schema';

/** Ce qu'une personne décide d'un retour qu'elle a lu de ses yeux. */
@Controller('v1/retours/:id')
export class DecideRetourController {
  constructor(
    @Inject(DecideRetour) private readonly decisions: DecideRetour,
    @Inject(ConsultHistory) private readonly history: ConsultHistory,
  ) {}

  @Post('decision')
  @HttpCode(200)
  async decide(
    @CurrentCompte() compte: Compte,
    @Param('id') retourId: string,
    @Body() body: unknown,
  ): Promise<DecisionBody> {
    const request = parseBody(decisionSchema, body);
    const { empreinte, lu, motif } = request;
    const target = await this.targetOf(compte, request);
    const contenu = contenuOf(request);
    return decisionBodyOf(
      unwrap(await this.decisions.execute({ compte, retourId, target, contenu, empreinte, lu, motif })),
    );
  }

  private async targetOf(
    compte: Compte,
    { deliberation, transmission, correspondance }: DecisionRequest,
  ): Promise<DesignatedTarget> {
    if (correspondance !== undefined) return { kind: 'correspondance', id: correspondance };
    if (deliberation === undefined) return { kind: 'transmission', id: transmission ?? '' };
    const view = unwrap(await this.history.deliberation(compte, deliberation));
    return { kind: 'transmission', id: view.transmission.id };
  }
}
