import type { StreamableFile } from '@nestjs/common';
import { Controller, Get, Header, Inject, Param, Query, Res } from '@nestjs/common';
import { ProblemException, unwrap } from '@teletransmission/http-problems';
import type { Clock } from '@teletransmission/kernel';
import type {
  CollectiviteRepository,
  Compte,
  CourrierView,
  DocumentStore,
  Empreinte,
  Page,
} from '@teletransmission/teletransmission';
import { ConsultCourriers } from '@teletransmission/teletransmission';
import type { FastifyReply } from 'fastify';
import { download } from '../download/download';
import { CLOCK, COLLECTIVITES, DOCUMENTS } from '../desk-ports';
import { CurrentCompte } from '../session/current-compte';
import { courrierCriteriaOf, courrierFilterOf } from './courrier-filter';
import { renderCourrierList } from './courrier-list-page';
import { renderCourrier } from './courrier-page';

const PAGE_SIZE = 50;
const NOTHING: Page<CourrierView> = { items: [], next: null };

/** La salle des courriers : la liste, chaque lettre, et ses documents tels que reçus. */
@Controller('courriers')
export class CourriersController {
  constructor(
    private readonly courriers: ConsultCourriers,
    @Inject(COLLECTIVITES) private readonly collectivites: CollectiviteRepository,
    @Inject(DOCUMENTS) private readonly documents: Pick<DocumentStore, 'open'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async list(
    @CurrentCompte() compte: Compte,
    @Query() query: Readonly<Record<string, unknown>>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const filter = courrierFilterOf(query);
    const after = typeof query['apres'] === 'string' && query['apres'] !== '' ? query['apres'] : null;
    const criteria = courrierCriteriaOf(filter);
    const page = criteria.ok
      ? unwrap(await this.courriers.list(compte, criteria.value, after, PAGE_SIZE))
      : NOTHING;
    const collectivites = compte.collectiviteId === null ? await this.collectivites.list() : [];
    const html = renderCourrierList({
      compte,
      filter,
      collectivites,
      page,
      refusal: criteria.ok ? null : criteria.problem,
      isContinued: after !== null,
      now: this.clock.now(),
    });
    void reply
      .status(criteria.ok ? 200 : 400)
      .type('text/html; charset=utf-8')
      .send(html);
  }

  @Get(':id')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@CurrentCompte() compte: Compte, @Param('id') id: string): Promise<string> {
    return renderCourrier(unwrap(await this.courriers.courrier(compte, id)), compte, this.clock.now());
  }

  @Get(':id/documents/:rang')
  async document(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Param('rang') rang: string,
  ): Promise<StreamableFile> {
    const { lettre } = unwrap(await this.courriers.courrier(compte, id));
    const document = lettre.documents.find((known) => String(known.rang) === rang);
    if (!document)
      throw new ProblemException({
        code: 'http/not-found',
        detail: `Cette lettre n’a pas de document n° ${rang}.`,
      });
    const { empreinte, nomFichier, tailleOctets } = document;
    // Ce que la préfecture a joint n'est pas vérifié : on le donne à enregistrer, jamais à ouvrir d'ici.
    return download(await this.documents.open(empreinte), {
      nom: nomFichier,
      tailleOctets,
      type: 'application/octet-stream',
    });
  }

  @Get(':id/archive')
  async archive(@CurrentCompte() compte: Compte, @Param('id') id: string): Promise<StreamableFile> {
    const { source } = unwrap(await this.courriers.courrier(compte, id));
    if (!source)
      throw new ProblemException({ code: 'http/not-found', detail: 'Cette lettre n’a plus son archive.' });
    const { empreinte, nom, tailleOctets } = source;
    return download(await this.documents.open(empreinte as Empreinte), {
      nom,
      tailleOctets,
      type: 'application/gzip',
    });
  }
}
