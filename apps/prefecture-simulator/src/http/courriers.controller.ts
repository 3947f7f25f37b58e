import { Body, Controller, Post, UseGuards } from '@nestjs/common';
import type { CivilDate, Instant } from '@teletransmission/kernel';
import { LetterDesk } from '../courriers/letter-desk';
import { demandeCourrierSchema } from '../courriers/letter-requests';
import type { FluxCourrier } from '../ledger/ledger-entry';
import { JetonGuard } from './jeton-guard';
import { parseOrRefuse, problemException } from './problem-exception';

/** Un courrier parti, et le retour qui le porte. */
export interface CourrierEnvoye {
  readonly identifiantActe: string;
  readonly flux: FluxCourrier;
  readonly dateCourrierPref: CivilDate;
  readonly documents: readonly string[];
  readonly retour: { readonly id: string; readonly nom: string; readonly disponibleLe: Instant };
}

/** Les courriers de la préfecture, à la demande : 2-1, 3-1, 4-1, et le déféré 5-1. */
@Controller('pilotage/courriers')
@UseGuards(JetonGuard)
export class CourriersController {
  constructor(private readonly desk: LetterDesk) {}

  @Post()
  async send(@Body() corps: unknown): Promise<CourrierEnvoye> {
    const envoye = await this.desk.sendCourrier(parseOrRefuse(demandeCourrierSchema, corps));
    if (!envoye.ok) throw problemException(404, envoye.problem);
    const { identifiantActe, flux, dateCourrierPref, documents, retour } = envoye.value;
    const { id, nom, disponibleLe } = retour;
    return { identifiantActe, flux, dateCourrierPref, documents, retour: { id, nom, disponibleLe } };
  }
}
