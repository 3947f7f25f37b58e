import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, UseGuards } from '@nestjs/common';
import type { Clock } from '@teletransmission/kernel';
import { z } from 'zod';
import { versionEnCours } from '../classification/version-en-cours';
import { Ledger } from '../ledger/ledger';
import { consigneSchema, defautSchema } from '../scenarios/scenario';
import type { SimulatorSettings } from '../settings';
import { JetonGuard } from './jeton-guard';
import { parseOrRefuse, problemException } from './problem-exception';
import { viewRegistre } from './registre-view';
import type { RegistreView } from './registre-view';
import { CLOCK, SETTINGS } from './tokens';

const cleSchema = z.string().min(1).max(200);

const collectiviteSchema = z.strictObject({
  siren: z.string().regex(/^\d{9}$/, 'Un SIREN compte neuf chiffres.'),
  departement: z
    .string()
    .regex(/^[09]\d[AB\d]$/, 'Un département s’écrit sur trois caractères.')
    .optional(),
  arrondissement: z.string().regex(/^\d$/, 'Un arrondissement est un chiffre.').optional(),
  nature: z
    .string()
    .regex(/^\d\d$/, 'La nature d’une collectivité compte deux chiffres.')
    .optional(),
});

const modeSchema = z.strictObject({ mode: z.enum(['ouverte', 'stricte']) });

/** Les commandes de celui qui éprouve un opérateur : consignes, collectivités connues, lecture du registre. */
@Controller('pilotage')
@UseGuards(JetonGuard)
export class PilotageController {
  constructor(
    private readonly ledger: Ledger,
    @Inject(SETTINGS) private readonly settings: SimulatorSettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Pose une consigne sur un numéro interne, un identifiant d'acte ou un nom d'archive. */
  @Put('scenarios/:cle')
  @HttpCode(204)
  async setScenario(@Param('cle') cle: string, @Body() corps: unknown): Promise<void> {
    const consigne = parseOrRefuse(consigneSchema, corps);
    await this.ledger.append({ type: 'scenario-set', cle: parseOrRefuse(cleSchema, cle), consigne });
  }

  @Delete('scenarios/:cle')
  @HttpCode(204)
  async removeScenario(@Param('cle') cle: string): Promise<void> {
    await this.ledger.append({ type: 'scenario-removed', cle });
  }

  /** Fixe ce qui arrive à ce qu'aucune consigne ne vise. */
  @Put('defaut')
  @HttpCode(204)
  async setDefaut(@Body() corps: unknown): Promise<void> {
    await this.ledger.append({ type: 'defaut-set', defaut: parseOrRefuse(defautSchema, corps) });
  }

  /** Enregistre une collectivité ; cela ne compte qu'en mode strict. */
  @Post('collectivites')
  @HttpCode(204)
  async registerCollectivite(@Body() corps: unknown): Promise<void> {
    const collectivite = parseOrRefuse(collectiviteSchema, corps);
    await this.ledger.append({ type: 'collectivite-registered', collectivite });
  }

  /** `stricte` : seules les collectivités enregistrées sont connues ; `ouverte` : toutes le sont. */
  @Put('collectivites/mode')
  @HttpCode(204)
  async setMode(@Body() corps: unknown): Promise<void> {
    await this.ledger.append({ type: 'mode-set', mode: parseOrRefuse(modeSchema, corps).mode });
  }

  /** Remet à relever un retour qui l'a été : ce que fait une préfecture à qui l'on redemande un accusé perdu. */
  @Post('retours/:id/remise')
  @HttpCode(204)
  async redeliver(@Param('id') id: string): Promise<void> {
    if (!this.ledger.registre.retours.has(id))
      throw problemException(404, {
        code: 'retours/unknown',
        detail: `Aucun retour ne porte l'identifiant ${id}.`,
      });
    await this.ledger.append({ type: 'retour-redelivered', id, le: this.clock.now() });
  }

  @Get('registre')
  registre(): RegistreView {
    return viewRegistre(this.ledger.registre, versionEnCours(this.ledger.registre, this.settings));
  }
}
