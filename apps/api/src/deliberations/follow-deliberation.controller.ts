import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ProblemException, unwrap } from '@teletransmission/http-problems';
import type { Compte, DocumentStore } from '@teletransmission/teletransmission';
import { ConsultHistory, problems } from '@teletransmission/teletransmission';
import type { FastifyReply } from 'fastify';
import { CurrentCompte } from '../authentication/bearer.guard';
import { DOCUMENTS } from '../wiring/tokens';
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
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { archive } = unwrap(await this.history.deliberation(compte, id));
    if (!archive) throw new ProblemException(problems.unknownArchive());
    await reply
      .header('content-type', 'application/gzip')
      .header('content-length', archive.tailleOctets)
      .header('content-disposition', `attachment; filename="${archive.nom}"`)
      .header('x-content-type-options', 'nosniff')
      .send(await this.documents.open(archive.empreinte));
  }
}
