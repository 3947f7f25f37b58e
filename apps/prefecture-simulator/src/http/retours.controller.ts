import { createReadStream } from 'node:fs';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Res, UseGuards } from '@nestjs/common';
import type { Clock, Instant } from '@teletransmission/kernel';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ArchiveFolder } from '../archive/archive-folder';
import { Ledger } from '../ledger/ledger';
import type { RetourEmis } from '../ledger/ledger-entry';
import type { RetourRecord } from '../ledger/registre';
import { JetonGuard } from './jeton-guard';
import { parseOrRefuse, problemException } from './problem-exception';
import { CLOCK } from './tokens';

/** Un retour tel qu'il s'annonce. */
export interface RetourAnnonce {
  readonly id: string;
  readonly nom: string;
  readonly type: string;
  readonly tailleOctets: number;
  readonly empreinte: string;
  readonly disponibleLe: Instant;
}

const pageSchema = z.object({
  limite: z.coerce.number().int().min(1).max(500).default(50),
  apres: z.string().max(200).optional(),
});

/** La boîte de l'opérateur : ce que la préfecture a répondu, jusqu'à ce qu'il dise l'avoir relevé. */
@Controller('actes/retours')
@UseGuards(JetonGuard)
export class RetoursController {
  constructor(
    private readonly ledger: Ledger,
    private readonly folder: ArchiveFolder,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Les retours disponibles et pas encore relevés, le plus ancien d'abord ; `suivant` est le curseur de la page suivante. */
  @Get()
  list(@Query() query: unknown): {
    readonly retours: readonly RetourAnnonce[];
    readonly suivant: string | null;
  } {
    const { limite, apres } = parseOrRefuse(pageSchema, query);
    const maintenant = this.clock.now();
    const disponibles = [...this.ledger.registre.aRelever.values()].filter(
      (r) => r.disponibleLe <= maintenant,
    );
    // Le tri est stable : à heure égale, l'ordre de création demeure.
    disponibles.sort((a, b) =>
      a.disponibleLe < b.disponibleLe ? -1 : Number(a.disponibleLe > b.disponibleLe),
    );
    const restants = apres === undefined ? disponibles : disponibles.filter(this.isAfter(apres));
    const retours = restants
      .slice(0, limite)
      .map(({ id, nom, contenu, tailleOctets, empreinte, disponibleLe }) => ({
        id,
        nom,
        type: contenu,
        tailleOctets,
        empreinte,
        disponibleLe,
      }));
    return { retours, suivant: restants.length > limite ? (retours.at(-1)?.id ?? null) : null };
  }

  /** Ce qui vient après ce retour, qu'il ait été relevé ou non depuis qu'il a servi de curseur. */
  private isAfter(id: string): (retour: RetourEmis) => boolean {
    const curseur = this.find(id).retour;
    const rangs = new Map([...this.ledger.registre.retours.keys()].map((cle, rang) => [cle, rang]));
    const rangOf = (retour: RetourEmis): number => rangs.get(retour.id) ?? 0;
    return (retour) =>
      retour.disponibleLe === curseur.disponibleLe
        ? rangOf(retour) > rangOf(curseur)
        : retour.disponibleLe > curseur.disponibleLe;
  }

  /** Les octets d'un retour, encore après son relevé. */
  @Get(':id')
  async read(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { retour } = this.find(id);
    await reply
      .header('content-type', retour.contenu)
      .header('content-length', retour.tailleOctets)
      .header('content-disposition', `attachment; filename="${retour.nom}"`)
      .send(createReadStream(this.folder.retourPath(id)));
  }

  /** Marque un retour relevé ; le redire ne change rien. */
  @Post(':id/releve')
  @HttpCode(204)
  async collect(@Param('id') id: string): Promise<void> {
    const { releveLe } = this.find(id);
    if (releveLe === undefined)
      await this.ledger.append({ type: 'retour-collected', id, le: this.clock.now() });
  }

  private find(id: string): RetourRecord {
    const connu = this.ledger.registre.retours.get(id);
    // Un retour que le délai retient n'existe encore pour personne.
    if (connu && connu.retour.disponibleLe <= this.clock.now()) return connu;
    throw problemException(404, {
      code: 'retours/unknown',
      detail: `Aucun retour ne porte l'identifiant ${id}.`,
    });
  }
}
