import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import {
  HEALTH_KEPT_MS,
  HealthController,
  HealthWatch,
  METRIQUES,
  MetriquesController,
} from '@teletransmission/observability';
import {
  ConsultAlertes,
  ConsultCourriers,
  ConsultHistory,
  ConsultReleves,
  RegulatePrefecture,
} from '@teletransmission/teletransmission';
import { AlertesController } from './alertes/alertes.controller';
import { DeliberationListController } from './deliberation-list/deliberation-list.controller';
import { DeliberationController } from './deliberation/deliberation.controller';
import type { DeskPorts } from './desk-ports';
import { CLOCK, COLLECTIVITES, DOCUMENTS, READINGS } from './desk-ports';
import { HomeController } from './home/home.controller';
import { CourriersController } from './letters-room/courriers.controller';
import { PrefecturesController } from './prefectures-room/prefectures.controller';
import { TravauxController } from './queues-room/travaux.controller';
import { TrayController } from './retours-tray/tray.controller';
import { DeskSessions } from './session/desk-sessions';
import { SessionCookie } from './session/session-cookie';
import { SignInController } from './session/sign-in.controller';
import { SignInThrottle } from './session/sign-in-throttle';
import { StyleController } from './style/style.controller';

/** Ce que la porte d'entrée et la page de connexion se partagent. */
export interface DeskEntrance {
  readonly sessions: DeskSessions;
  readonly cookie: SessionCookie;
}

/** Le module du bureau : une salle par contrôleur, et les ports qu'on lui donne. */
@Module({})
export class AdminModule {
  static with(ports: DeskPorts, { sessions, cookie }: DeskEntrance): DynamicModule {
    return {
      module: AdminModule,
      controllers: [
        HealthController,
        MetriquesController,
        StyleController,
        SignInController,
        HomeController,
        AlertesController,
        DeliberationListController,
        DeliberationController,
        CourriersController,
        TrayController,
        PrefecturesController,
        TravauxController,
      ],
      providers: [
        { provide: READINGS, useValue: ports.readings },
        { provide: COLLECTIVITES, useValue: ports.collectivites },
        { provide: DOCUMENTS, useValue: ports.documents },
        {
          provide: HealthWatch,
          useValue: new HealthWatch(ports.dependencies, ports.clock, {
            log: ports.log,
            keptMs: HEALTH_KEPT_MS,
          }),
        },
        { provide: METRIQUES, useValue: ports.metriques },
        { provide: CLOCK, useValue: ports.clock },
        { provide: ConsultAlertes, useValue: ports.alertes },
        { provide: ConsultCourriers, useValue: ports.courriers },
        { provide: ConsultHistory, useValue: ports.history },
        { provide: ConsultReleves, useValue: ports.releves },
        { provide: RegulatePrefecture, useValue: ports.prefectures },
        { provide: DeskSessions, useValue: sessions },
        { provide: SessionCookie, useValue: cookie },
        { provide: SignInThrottle, useValue: new SignInThrottle(ports.clock) },
      ],
    };
  }
}
