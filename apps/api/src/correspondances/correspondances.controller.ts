import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ProblemException, unwrap } from '@teletransmission/http-problems';
import type {
  Compte,
  CorrespondanceId,
  DeliberationId,
  DocumentStore,
} from '@teletransmission/teletransmission';
import { AnswerCorrespondance, ConsultHistory, problems } from '@teletransmission/teletransmission';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentCompte } from '../authentication/bearer.guard';
import { ReceiveDeposit } from '../deliberations/receive-deposit';
import { sendDocument } from '../documents/send-document';
import { DOCUMENTS } from '../injection/tokens';
import type { CorrespondanceBody } from './correspondance.schema';
import { correspondanceBodyOf } from './correspondance-body';

/** Les lettres de la préfecture : les lire, prendre leurs documents, y répondre. */
@Controller('v1')
export class CorrespondancesController {
  constructor(
    @Inject(AnswerCorrespondance) private readonly answers: AnswerCorrespondance,
    @Inject(ConsultHistory) private readonly history: ConsultHistory,
    @Inject(DOCUMENTS) private readonly documents: DocumentStore,
    @Inject(ReceiveDeposit) private readonly receiving: ReceiveDeposit,
  ) {}

  @Get('deliberations/:id/correspondances')
  async list(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
  ): Promise<{ correspondances: CorrespondanceBody[] }> {
    unwrap(await this.history.deliberation(compte, id, 'lire-courriers'));
    const lettres = await this.answers.listOf(id as DeliberationId);
    return { correspondances: lettres.map(correspondanceBodyOf) };
  }

  @Get('correspondances/:id')
  async read(@CurrentCompte() compte: Compte, @Param('id') id: string): Promise<CorrespondanceBody> {
    return correspondanceBodyOf(unwrap(await this.answers.consult(compte, id)));
  }

  @Get('correspondances/:id/documents/:rang')
  async document(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Param('rang') rang: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const lettre = unwrap(await this.answers.consult(compte, id));
    const document = lettre.documents.find((candidate) => String(candidate.rang) === rang);
    if (!document) throw new ProblemException(problems.unknownCorrespondance(`${id}/documents/${rang}`));
    const { empreinte, tailleOctets, nomFichier: nom } = document;
    await sendDocument(
      this.documents,
      { request, reply },
      { empreinte, tailleOctets, nom, type: 'application/octet-stream', isForEver: true },
    );
  }

  @Post('correspondances/:id/reponse')
  @HttpCode(202)
  async answer(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<CorrespondanceBody> {
    // Le droit d'abord : on ne reçoit pas cent mégaoctets pour les refuser.
    unwrap(await this.answers.consult(compte, id, 'repondre-courrier'));
    const correspondanceId = id as CorrespondanceId;
    const answered = await this.receiving.execute(request, ({ dossier, fichiers }) =>
      this.answers.execute({ compte, correspondanceId, dossier, fichiers }),
    );
    return correspondanceBodyOf(answered);
  }
}
