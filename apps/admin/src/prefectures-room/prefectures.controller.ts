import { Controller, Get, Header, Inject } from '@nestjs/common';
import { unwrap } from '@teletransmission/http-problems';
import type { Clock } from '@teletransmission/kernel';
import type { Compte } from '@teletransmission/teletransmission';
import { RegulatePrefecture } from '@teletransmission/teletransmission';
import { CLOCK } from '../desk-ports';
import { CurrentCompte } from '../session/current-compte';
import { renderPrefectures } from './prefectures-page';

/** La salle des préfectures : elles n'appartiennent à aucune collectivité, seul un compte de toute la plateforme les voit. */
@Controller('prefectures')
export class PrefecturesController {
  constructor(
    private readonly prefectures: RegulatePrefecture,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@CurrentCompte() compte: Compte): Promise<string> {
    const views = unwrap(await this.prefectures.list(compte));
    return renderPrefectures({ compte, views, now: this.clock.now() });
  }
}
