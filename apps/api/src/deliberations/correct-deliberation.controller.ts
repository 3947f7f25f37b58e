import { Controller, Headers, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { unwrap } from '@teletransmission/http-problems';
import type { Compte } from '@teletransmission/teletransmission';
import { ConsultHistory, CorrectDeliberation } from '@teletransmission/teletransmission';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { CurrentCompte } from '../authentication/bearer.guard';
import { checkIdempotencyKey, sendReceipt } from './idempotency';
import { ReceiveDeposit } from './receive-deposit';

/** La correction d'un acte que la préfecture a refusé ou que nous avons retenu : un dépôt qui le remplace. */
@Controller('v1/deliberations/:id/correction')
export class CorrectDeliberationController {
  constructor(
    @Inject(CorrectDeliberation) private readonly correction: CorrectDeliberation,
    @Inject(ConsultHistory) private readonly history: ConsultHistory,
    @Inject(ReceiveDeposit) private readonly receiving: ReceiveDeposit,
  ) {}

  @Post()
  @HttpCode(201)
  async create(
    @CurrentCompte() compte: Compte,
    @Param('id') deliberationId: string,
    @Headers('idempotency-key') cle: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Record<string, string>> {
    checkIdempotencyKey(cle);
    // Le droit d'abord : on ne reçoit pas cent mégaoctets pour les refuser.
    unwrap(await this.history.deliberation(compte, deliberationId, 'corriger-deliberation'));
    const answer = await this.receiving.execute(
      request,
      ({ dossier, fichiers, empreinteDemande: contenu }) => {
        // La même clé pour corriger un autre acte est une autre demande, fût-ce avec le même contenu.
        const empreinteDemande = createHash('sha256').update(`${deliberationId} ${contenu}`).digest('hex');
        const idempotency = cle === undefined ? null : { cle, empreinteDemande };
        return this.correction.execute({ compte, deliberationId, dossier, fichiers, idempotency });
      },
    );
    return sendReceipt(reply, answer);
  }
}
