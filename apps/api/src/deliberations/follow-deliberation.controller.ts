import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ProblemException, unwrap } from '@teletransmission/http-problems';
import type { Compte, DocumentStore } from '@teletransmission/teletransmission';
import { ConsultHistory, problems } from '@teletransmission/teletransmission';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentCompte } from '../authentication/bearer.guard';
import { sendDocument } from '../documents/send-document';
import { DOCUMENTS } from '../injection/tokens';
import { deliberationSuivieOf } from './deliberation-body';
import type { DeliberationSuivieBody } from './deliberation.schema';

/** Une délibération et ses deux vies, et l'archive exactement telle qu'elle est partie. */
@Controller('v1/deliberations/:id')
export class FollowDeliberationController {
  constructor(
    @Inject(ConsultHistory) private readonly history: ConsultHistory,
    @Inject(DOCUMENTS) private readonly documents: DocumentStore,
  ) {}

  @Get()
  async follow(@CurrentCompte() compte: Compte, @Param('id') id: string): Promise<DeliberationSuivieBody> {
    const view = unwrap(await this.history.deliberation(compte, id));
    return deliberationSuivieOf(view, unwrap(await this.history.pieces(compte, id)));
  }

  @Get('archive')
  async archive(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { archive } = unwrap(await this.history.deliberation(compte, id));
    if (!archive) throw new ProblemException(problems.unknownArchive());
    // Remise sous une autre enveloppe, la même délibération a une autre archive.
    const document = { ...archive, type: 'application/gzip', isForEver: false };
    await sendDocument(this.documents, { request, reply }, document);
  }
}
