import { Controller, Get, Header, Inject } from '@nestjs/common';
import type { Clock } from '@teletransmission/kernel';
import type { AlerteView, Compte, Page, Readings } from '@teletransmission/teletransmission';
import { ConsultAlertes, ConsultCourriers } from '@teletransmission/teletransmission';
import { CLOCK, READINGS } from '../desk-ports';
import { canEnter } from '../layout/rooms';
import { CurrentCompte } from '../session/current-compte';
import { renderHome } from './home-page';
import { pilesOf } from './piles';

/** L'accueil montre les plus graves ; les autres ont leur salle. */
const SHOWN = 10;

/** L'accueil du bureau. */
@Controller()
export class HomeController {
  constructor(
    private readonly courriers: ConsultCourriers,
    private readonly alertes: ConsultAlertes,
    @Inject(READINGS) private readonly readings: Readings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async home(@CurrentCompte() compte: Compte): Promise<string> {
    const [counts, tray, courriers, alertes, nonPris] = await Promise.all([
      this.readings.counts(compte.collectiviteId),
      canEnter(compte, 'retours') ? this.readings.trayCounts() : null,
      canEnter(compte, 'courriers') ? this.courriers.waiting(compte) : null,
      this.openAlertes(compte),
      this.alertes.envoisNonPris(compte),
    ]);
    return renderHome({
      compte,
      counts,
      alertes,
      nonPris,
      piles: pilesOf(counts, tray, courriers),
      now: this.clock.now(),
    });
  }

  private async openAlertes(compte: Compte): Promise<Page<AlerteView>> {
    const page = await this.alertes.open(compte, null, SHOWN);
    return page.ok ? page.value : { items: [], next: null };
  }
}
