import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { unwrap } from '@teletransmission/http-problems';
import type { Compte, DocumentStore, Empreinte } from '@teletransmission/teletransmission';
import { HandleRetour } from '@teletransmission/teletransmission';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentCompte } from '../authentication/bearer.guard';
import { sendDocument } from '../documents/send-document';
import { parseQuery } from '../request/parse-body';
import { DOCUMENTS } from '../injection/tokens';
import { retourBodyOf } from './retour-body';
import type { PageOfRetoursBody, RetourBody } from './retour.schema';
import { retoursQuerySchema } from './retour.schema';

/** Les retours de la préfecture : ce qu'ils sont devenus, et leurs octets tels que reçus. */
@Controller('v1/retours')
export class ReadRetoursController {
  constructor(
    @Inject(HandleRetour) private readonly retours: HandleRetour,
    @Inject(DOCUMENTS) private readonly documents: DocumentStore,
  ) {}

  @Get()
  async list(@CurrentCompte() compte: Compte, @Query() query: unknown): Promise<PageOfRetoursBody> {
    const { etat, apres, limite } = parseQuery(retoursQuerySchema, query);
    const page = unwrap(await this.retours.list(compte, etat ?? null, apres ?? null, limite));
    return { retours: page.items.map(retourBodyOf), suivant: page.next };
  }

  @Get(':id')
  async read(@CurrentCompte() compte: Compte, @Param('id') id: string): Promise<RetourBody> {
    return retourBodyOf(unwrap(await this.retours.consult(compte, id)));
  }

  @Get(':id/contenu')
  async content(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { empreinte, tailleOctets, nom } = unwrap(await this.retours.consult(compte, id));
    const document = {
      empreinte: empreinte as Empreinte,
      tailleOctets,
      nom,
      type: 'application/octet-stream',
      isForEver: true,
    };
    await sendDocument(this.documents, { request, reply }, document);
  }
}
