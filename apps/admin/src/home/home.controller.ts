import { Controller, Get, Header, Inject } from '@nestjs/common';
import type { Clock } from '@teletransmission/kernel';
import type { Compte, Readings } from '@teletransmission/teletransmission';
import { ConsultCourriers } from '@teletransmission/teletransmission';
import { CLOCK, READINGS } from '../desk-ports';
import { canEnter } from '../layout/rooms';
import { CurrentCompte } from '../session/current-compte';
import { renderHome } from './home-page';
import { pilesOf } from './piles';

/** L'accueil du bureau. */
@Controller()
export class HomeController {
  constructor(
    private readonly courriers: ConsultCourriers,
    @Inject(READINGS) private readonly readings: Readings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async home(@CurrentCompte() compte: Compte): Promise<string> {
    const [counts, tray, courriers] = await Promise.all([
      this.readings.counts(compte.collectiviteId),
      canEnter(compte, 'retours') ? this.readings.trayCounts() : null,
      canEnter(compte, 'courriers') ? this.courriers.waiting(compte) : null,
    ]);
    return renderHome({ compte, counts, piles: pilesOf(counts, tray, courriers), now: this.clock.now() });
  }
}
