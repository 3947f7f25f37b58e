import type { StreamableFile } from '@nestjs/common';
import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import { ProblemException, unwrap } from '@teletransmission/http-problems';
import type { Clock } from '@teletransmission/kernel';
import type {
  Compte,
  DocumentStore,
  Empreinte,
  Readings,
  RetourId,
  RetourView,
} from '@teletransmission/teletransmission';
import { authorize, ConsultReleves, isUuid } from '@teletransmission/teletransmission';
import { download } from '../download/download';
import { CLOCK, DOCUMENTS, READINGS } from '../desk-ports';
import { CurrentCompte } from '../session/current-compte';
import { renderRetour } from './retour-page';
import { renderTray } from './tray-page';

const PAGE_SIZE = 50;

/** Le bac des retours : il n'appartient à aucune collectivité, seul un compte de toute la plateforme le voit. */
@Controller('retours')
export class TrayController {
  constructor(
    @Inject(READINGS) private readonly readings: Readings,
    @Inject(ConsultReleves) private readonly releves: ConsultReleves,
    @Inject(DOCUMENTS) private readonly documents: Pick<DocumentStore, 'open'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async tray(@CurrentCompte() compte: Compte, @Query('apres') apres: unknown): Promise<string> {
    unwrap(authorize(compte, 'lire-historique', null));
    const after = typeof apres === 'string' && apres !== '' ? apres : null;
    const [page, releves] = await Promise.all([
      this.readings.tray(after, PAGE_SIZE),
      this.releves.failing(compte, null, PAGE_SIZE),
    ]);
    return renderTray({
      compte,
      page,
      releves: unwrap(releves),
      isContinued: after !== null,
      now: this.clock.now(),
    });
  }

  @Get(':id')
  @Header('content-type', 'text/html; charset=utf-8')
  async retour(@CurrentCompte() compte: Compte, @Param('id') id: string): Promise<string> {
    return renderRetour({ compte, retour: await this.find(compte, id), now: this.clock.now() });
  }

  @Get(':id/fichier')
  async file(@CurrentCompte() compte: Compte, @Param('id') id: string): Promise<StreamableFile> {
    const retour = await this.find(compte, id);
    const content = await this.documents.open(retour.empreinte as Empreinte);
    return download(content, {
      nom: retour.nom,
      tailleOctets: retour.tailleOctets,
      type: 'application/gzip',
    });
  }

  private async find(compte: Compte, id: string): Promise<RetourView> {
    unwrap(authorize(compte, 'lire-historique', null));
    const retour = isUuid(id) ? await this.readings.retour(id as RetourId) : null;
    if (!retour)
      throw new ProblemException({ code: 'http/not-found', detail: 'Aucun retour à cette adresse.' });
    return retour;
  }
}
