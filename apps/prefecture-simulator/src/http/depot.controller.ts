import { Controller, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ArchiveArrivee } from '../archive/archive-folder';
import { StorageFailure } from '../storage/storage-failure';
import { Reception } from '../reception/reception';
import { JetonGuard } from './jeton-guard';
import { problemException } from './problem-exception';

interface Depot {
  readonly nom: string;
  readonly arrivee: ArchiveArrivee;
  readonly isTooLarge: boolean;
}

type Statut = 201 | 409 | 500 | 503 | 'coupure';

/** Statut noté au journal d'une connexion coupée sans réponse. */
const COUPEE = 444;

/** `POST /actes/depot` : un fichier, une archive. La réponse ne prouve que la prise ; le verdict viendra par les retours. */
@Controller('actes')
@UseGuards(JetonGuard)
export class DepotController {
  constructor(private readonly reception: Reception) {}

  @Post('depot')
  async depot(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const depots: Depot[] = [];
    try {
      const reponse = (await this.cutsWhileReceiving(request, depots))
        ? 'coupure'
        : await this.answer(depots);
      if (reponse !== 'coupure') {
        await reply.code(reponse).send();
        return;
      }
    } finally {
      // Sans effet sur celle qui a été prise : elle n'est plus à cette adresse.
      for (const { arrivee } of depots) await this.reception.discard(arrivee);
    }
    // Comme une panne de réseau : pas un mot.
    void reply.code(COUPEE).hijack();
    request.raw.socket.destroy();
  }

  private async cutsWhileReceiving(request: FastifyRequest, depots: Depot[]): Promise<boolean> {
    if (!request.isMultipart()) {
      throw problemException(400, {
        code: 'depot/not-multipart',
        detail: "Envoyer l'archive en multipart/form-data, dans un seul fichier.",
      });
    }
    try {
      for await (const part of request.parts()) {
        if (part.type !== 'file') continue;
        if (await this.reception.cutsAtDoor(part.filename)) return true;
        const arrivee = await this.reception.receive(part.file);
        depots.push({ nom: part.filename, arrivee, isTooLarge: part.file.truncated });
      }
      return false;
    } catch (error) {
      if (error instanceof StorageFailure) throw unavailable(error);
      throw problemException(
        400,
        { code: 'depot/malformed', detail: "L'envoi est mal formé ou incomplet." },
        error,
      );
    }
  }

  private async answer(depots: readonly Depot[]): Promise<Statut> {
    const [depot] = depots;
    if (depots.length !== 1 || !depot || depot.isTooLarge || depot.nom === '') {
      if (depot?.isTooLarge) {
        const detail = "L'archive dépasse 150 Mio : réduire ses documents.";
        throw problemException(413, { code: 'depot/too-large', detail });
      }
      const detail = `On attend exactement un fichier nommé ; reçu : ${depots.length}.`;
      throw problemException(400, { code: 'depot/one-file-expected', detail });
    }
    const reponse = await this.reception.take(depot.nom, depot.arrivee).catch((error: unknown) => {
      throw unavailable(error);
    });
    if (reponse === 409) {
      const detail = `Le nom ${depot.nom} a déjà été pris par d'autres octets : numéroter une nouvelle enveloppe.`;
      throw problemException(409, { code: 'depot/name-already-taken', detail });
    }
    return reponse;
  }
}

function unavailable(cause: unknown): HttpException {
  const detail = "Le simulateur n'a pas pu garder l'archive : la présenter de nouveau plus tard.";
  return problemException(503, { code: 'depot/unavailable', detail }, cause);
}
