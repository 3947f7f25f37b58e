import { Body, Controller, HttpCode, Inject, Post, Put, UseGuards } from '@nestjs/common';
import type { CivilDate, Clock, Instant } from '@teletransmission/kernel';
import { versionEnCours } from '../classification/version-en-cours';
import { LetterDesk } from '../courriers/letter-desk';
import { demandeClassificationSchema, publicationSchema } from '../courriers/letter-requests';
import { Ledger } from '../ledger/ledger';
import type { SimulatorSettings } from '../settings';
import { JetonGuard } from './jeton-guard';
import { parseOrRefuse, problemException } from './problem-exception';
import { CLOCK, SETTINGS } from './tokens';

/** Une classification partie sans qu'on l'ait demandée. */
export interface ClassificationEnvoyee {
  readonly siren: string;
  readonly dateVersion: CivilDate;
  readonly retour: { readonly id: string; readonly nom: string; readonly disponibleLe: Instant };
}

/** La classification que la préfecture tient pour courante, et ses envois spontanés. */
@Controller('pilotage/classification')
@UseGuards(JetonGuard)
export class ClassificationController {
  constructor(
    private readonly ledger: Ledger,
    private readonly desk: LetterDesk,
    @Inject(SETTINGS) private readonly settings: SimulatorSettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Publie une version : les actes qui portent l'ancienne seront refusés par 002. */
  @Put()
  @HttpCode(204)
  async publish(@Body() corps: unknown): Promise<void> {
    const { dateVersion } = parseOrRefuse(publicationSchema, corps);
    await this.ledger.append({ type: 'classification-published', le: this.clock.now(), dateVersion });
  }

  /** Envoie un 7-2 à une collectivité qui n'a rien demandé. */
  @Post('envois')
  async send(@Body() corps: unknown): Promise<ClassificationEnvoyee> {
    const demande = parseOrRefuse(demandeClassificationSchema, corps);
    const enCours = versionEnCours(this.ledger.registre, this.settings);
    const envoyee = await this.desk.sendClassification(demande, enCours);
    if (!envoyee.ok) throw problemException(404, envoyee.problem);
    const { siren, dateVersion, retour } = envoyee.value;
    const { id, nom, disponibleLe } = retour;
    return { siren, dateVersion, retour: { id, nom, disponibleLe } };
  }
}
