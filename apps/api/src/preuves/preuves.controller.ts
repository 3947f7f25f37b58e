import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { unwrap } from '@teletransmission/http-problems';
import type { Compte, DocumentStore, Empreinte, Preuve } from '@teletransmission/teletransmission';
import { ConsultPreuves, RequestClassification } from '@teletransmission/teletransmission';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { CurrentCompte } from '../authentication/bearer.guard';
import type { Exchange } from '../documents/send-document';
import { DOCUMENTS } from '../injection/tokens';
import { sendDocument } from '../documents/send-document';
import type { AnomaliesBody } from './preuve.schema';
import { anomalieBodyOf, empreinteOf } from './preuve.schema';

/** Ce que la préfecture a répondu d'un acte, tel qu'elle l'a répondu : ce que son déposant garde pour prouver. */
@Controller('v1/deliberations/:id')
export class PreuvesController {
  constructor(@Inject(ConsultPreuves) private readonly preuves: ConsultPreuves) {}

  @Get('accuse')
  async accuse(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await send(unwrap(await this.preuves.accuse(compte, id)), { request, reply });
  }

  @Get('annulation/accuse')
  async accuseAnnulation(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await send(unwrap(await this.preuves.accuseAnnulation(compte, id)), { request, reply });
  }

  @Get('anomalies')
  async anomalies(@CurrentCompte() compte: Compte, @Param('id') id: string): Promise<AnomaliesBody> {
    return { anomalies: unwrap(await this.preuves.anomalies(compte, id)).map(anomalieBodyOf) };
  }

  @Get('anomalies/:rang')
  async anomalie(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Param('rang') rang: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await send(unwrap(await this.preuves.anomalie(compte, id, rang)), { request, reply });
  }
}

/** La nomenclature de la préfecture, à l'octet près. */
@Controller('v1/collectivites/:siren/classification')
export class NomenclatureController {
  constructor(
    @Inject(RequestClassification) private readonly classification: RequestClassification,
    @Inject(ConsultPreuves) private readonly preuves: ConsultPreuves,
    @Inject(DOCUMENTS) private readonly documents: DocumentStore,
  ) {}

  @Get('message')
  async message(
    @CurrentCompte() compte: Compte,
    @Param('siren') siren: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const known = unwrap(await this.classification.consult(compte, siren));
    const { nom, empreinte, tailleOctets, retour } = unwrap(await this.preuves.nomenclature(siren, known));
    void reply.headers({
      'preuve-empreinte': empreinte,
      'preuve-recue-le': retour.recuLe,
      'preuve-retour-empreinte': retour.empreinte,
    });
    const document = { empreinte, tailleOctets, nom, type: 'application/xml', isForEver: false };
    await sendDocument(this.documents, { request, reply }, document);
  }
}

/** Le XML d'une preuve, et dans les en-têtes de quoi la dater et la rapprocher du retour brut. */
async function send(preuve: Preuve, { request, reply }: Exchange): Promise<void> {
  const { octets, nom, dit, retour, appliqueeLe } = preuve;
  const empreinte = empreinteOf(preuve) as Empreinte;
  void reply.headers({
    'preuve-empreinte': empreinte,
    'preuve-recue-le': retour.recuLe,
    'preuve-appliquee-le': appliqueeLe,
    'preuve-retour-empreinte': retour.empreinte,
    ...(dit.dateReception === null ? {} : { 'preuve-date-reception': dit.dateReception }),
  });
  const inMemory = {
    open: (_: Empreinte, { start, end } = { start: 0, end: octets.byteLength - 1 }) =>
      Promise.resolve(Readable.from([octets.subarray(start, end + 1)], { objectMode: false })),
  };
  await sendDocument(
    inMemory,
    { request, reply },
    { empreinte, tailleOctets: octets.byteLength, nom, type: 'application/xml', isForEver: false },
  );
}
