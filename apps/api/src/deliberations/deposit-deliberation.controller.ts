import { Controller, Headers, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { unwrap } from '@teletransmission/http-problems';
import type { Compte } from '@teletransmission/teletransmission';
import { authorize, DepositDeliberation } from '@teletransmission/teletransmission';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentCompte } from '../authentication/bearer.guard';
import { checkIdempotencyKey, sendReceipt } from './idempotency';
import { ReceiveDeposit } from './receive-deposit';

/** Étape 1 : le dépôt d'une délibération adoptée, par le logiciel de la collectivité. */
@Controller('v1/deliberations')
export class DepositDeliberationController {
  constructor(
    @Inject(DepositDeliberation) private readonly deposit: DepositDeliberation,
    @Inject(ReceiveDeposit) private readonly receiving: ReceiveDeposit,
  ) {}

  @Post()
  @HttpCode(201)
  async create(
    @CurrentCompte() compte: Compte,
    @Headers('idempotency-key') cle: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Record<string, string>> {
    checkIdempotencyKey(cle);
    // Le rôle d'abord : qui ne peut pas déposer ne fait pas écrire ses fichiers sur notre disque.
    unwrap(authorize(compte, 'deposer-deliberation', compte.collectiviteId));
    const answer = await this.receiving.execute(request, ({ dossier, fichiers, empreinteDemande }) => {
      const idempotency = cle === undefined ? null : { cle, empreinteDemande };
      return this.deposit.execute({ compte, dossier, fichiers, idempotency });
    });
    return sendReceipt(reply, answer);
  }
}
