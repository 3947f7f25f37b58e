import type { StreamableFile } from '@nestjs/common';
import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { ProblemException, unwrap } from '@teletransmission/http-problems';
import type { Clock } from '@teletransmission/kernel';
import type {
  Compte,
  DeliberationId,
  DeliberationView,
  DocumentStore,
  Empreinte,
  Readings,
} from '@teletransmission/teletransmission';
import { ConsultCourriers, ConsultHistory, problems } from '@teletransmission/teletransmission';
import { CLOCK, DOCUMENTS, READINGS } from '../desk-ports';
import { CurrentCompte } from '../session/current-compte';
import { renderDeliberation } from './deliberation-page';
import { readDossier } from './dossier';
import type { DownloadedFile } from '../download/download';
import { download, mimeTypeOf } from '../download/download';

/** Une délibération : sa page, et ses fichiers tels que déposés, transmis et reçus. */
@Controller('deliberations/:id')
export class DeliberationController {
  constructor(
    private readonly history: ConsultHistory,
    private readonly courriers: ConsultCourriers,
    @Inject(READINGS) private readonly readings: Readings,
    @Inject(DOCUMENTS) private readonly documents: Pick<DocumentStore, 'open'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@CurrentCompte() compte: Compte, @Param('id') id: string): Promise<string> {
    const dossier = unwrap(
      await readDossier(
        { history: this.history, readings: this.readings, courriers: this.courriers },
        compte,
        id,
      ),
    );
    return renderDeliberation(dossier, compte, this.clock.now());
  }

  @Get('pieces/:rang')
  async piece(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Param('rang') rang: string,
  ): Promise<StreamableFile> {
    const view = await this.visible(compte, id);
    const piece = (await this.readings.pieces(view.id as DeliberationId)).find(
      (known) => String(known.rang) === rang,
    );
    if (!piece)
      throw new ProblemException({
        code: 'http/not-found',
        detail: `Cette délibération n’a pas de pièce n° ${rang}.`,
      });
    const { nomFichier, tailleOctets, format, empreinte } = piece;
    return this.send(empreinte, { nom: nomFichier, tailleOctets, type: mimeTypeOf(format) });
  }

  @Get('archive')
  async archive(@CurrentCompte() compte: Compte, @Param('id') id: string): Promise<StreamableFile> {
    const { archive } = await this.visible(compte, id);
    if (!archive) throw new ProblemException(problems.unknownArchive());
    return this.send(archive.empreinte, { ...archive, type: 'application/gzip' });
  }

  @Get('retours/:retourId')
  async retour(
    @CurrentCompte() compte: Compte,
    @Param('id') id: string,
    @Param('retourId') retourId: string,
  ): Promise<StreamableFile> {
    const view = await this.visible(compte, id);
    const retour = (await this.readings.retours(view.id as DeliberationId)).find(
      (known) => known.id === retourId,
    );
    if (!retour)
      throw new ProblemException({ code: 'http/not-found', detail: 'Cette délibération n’a pas ce retour.' });
    return this.send(retour.empreinte, {
      nom: retour.nom,
      tailleOctets: retour.tailleOctets,
      type: 'application/gzip',
    });
  }

  private async visible(compte: Compte, id: string): Promise<DeliberationView> {
    return unwrap(await this.history.deliberation(compte, id));
  }

  private async send(empreinte: string, file: DownloadedFile): Promise<StreamableFile> {
    return download(await this.documents.open(empreinte as Empreinte), file);
  }
}
