import { Body, Controller, Delete, Get, HttpCode, Put, UseGuards } from '@nestjs/common';
import type { Instant } from '@teletransmission/kernel';
import { clockRequestSchema, targetInstant } from '../clock/clock-request';
import { ScriptedClock } from '../clock/scripted-clock';
import { Ledger } from '../ledger/ledger';
import { JetonGuard } from './jeton-guard';
import { parseOrRefuse } from './problem-exception';

/** L'heure qu'il est pour la préfecture. */
export interface HorlogeView {
  readonly maintenant: Instant;
  /** Écart avec l'heure vraie ; zéro si l'horloge n'a pas été touchée. */
  readonly ecartMs: number;
}

/** L'horloge jouée : deux mois passent en une seconde, et toutes les dates du simulateur les suivent. */
@Controller('pilotage/horloge')
@UseGuards(JetonGuard)
export class HorlogeController {
  constructor(
    private readonly ledger: Ledger,
    private readonly clock: ScriptedClock,
  ) {}

  @Get()
  read(): HorlogeView {
    return { maintenant: this.clock.now(), ecartMs: this.ledger.registre.ecartHorlogeMs };
  }

  /** Va à un instant, ou avance d'une durée ISO 8601 ; le temps continue ensuite d'y passer. */
  @Put()
  async move(@Body() corps: unknown): Promise<HorlogeView> {
    const cible = targetInstant(parseOrRefuse(clockRequestSchema, corps), this.clock.now());
    await this.ledger.append({ type: 'clock-shifted', ecartMs: this.clock.shiftTo(cible) });
    return this.read();
  }

  /** Revient à l'heure vraie. */
  @Delete()
  @HttpCode(204)
  async reset(): Promise<void> {
    await this.ledger.append({ type: 'clock-shifted', ecartMs: 0 });
  }
}
