import { Controller, Get, Header, Inject, Query } from '@nestjs/common';
import { unwrap } from '@teletransmission/http-problems';
import type { Clock } from '@teletransmission/kernel';
import type { Compte } from '@teletransmission/teletransmission';
import { ConsultAlertes } from '@teletransmission/teletransmission';
import { CLOCK } from '../desk-ports';
import { CurrentCompte } from '../session/current-compte';
import { renderAlertes } from './alertes-page';

const PAGE_SIZE = 50;

/** La salle des alertes. */
@Controller('alertes')
export class AlertesController {
  constructor(
    private readonly alertes: ConsultAlertes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@CurrentCompte() compte: Compte, @Query('apres') apres: unknown): Promise<string> {
    const after = typeof apres === 'string' && apres !== '' ? apres : null;
    const page = unwrap(await this.alertes.open(compte, after, PAGE_SIZE));
    return renderAlertes({ compte, page, isContinued: after !== null, now: this.clock.now() });
  }
}
