import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import type { Log } from '@teletransmission/kernel';
import { ArchiveFolder } from './archive/archive-folder';
import { ScriptedClock } from './clock/scripted-clock';
import { LetterDesk } from './courriers/letter-desk';
import { ArchivesController } from './http/archives.controller';
import { ClassificationController } from './http/classification.controller';
import { CourriersController } from './http/courriers.controller';
import { DepotController } from './http/depot.controller';
import { HealthController } from './http/health.controller';
import { HorlogeController } from './http/horloge.controller';
import { JetonGuard } from './http/jeton-guard';
import { PilotageController } from './http/pilotage.controller';
import { RetoursController } from './http/retours.controller';
import { CLOCK, LOG, SETTINGS } from './http/tokens';
import { UnexpectedErrorFilter } from './http/unexpected-error-filter';
import { JudgementLane } from './instruction/judgement-lane';
import { Ledger } from './ledger/ledger';
import { OrderlyShutdown } from './orderly-shutdown';
import { PageAccess } from './page/page-access';
import { PageActions } from './page/page-actions';
import { PageController } from './page/page.controller';
import { Reception } from './reception/reception';
import type { SimulatorSettings } from './settings';

/** Ce que les contrôleurs se partagent, déjà ouvert. */
export interface SimulatorPieces {
  readonly settings: SimulatorSettings;
  readonly clock: ScriptedClock;
  readonly log: Log;
  readonly ledger: Ledger;
  readonly folder: ArchiveFolder;
  readonly lane: JudgementLane;
  readonly desk: LetterDesk;
  readonly reception: Reception;
}

/** Le module du simulateur : des contrôleurs, et les pièces qu'on lui donne. */
@Module({})
export class AppModule {
  static with({
    settings,
    clock,
    log,
    ledger,
    folder,
    lane,
    desk,
    reception,
  }: SimulatorPieces): DynamicModule {
    return {
      module: AppModule,
      controllers: [
        DepotController,
        RetoursController,
        ArchivesController,
        PilotageController,
        CourriersController,
        ClassificationController,
        HorlogeController,
        PageController,
        HealthController,
      ],
      providers: [
        JetonGuard,
        PageAccess,
        PageActions,
        OrderlyShutdown,
        { provide: SETTINGS, useValue: settings },
        { provide: CLOCK, useValue: clock },
        { provide: ScriptedClock, useValue: clock },
        { provide: LetterDesk, useValue: desk },
        { provide: LOG, useValue: log },
        { provide: APP_FILTER, useClass: UnexpectedErrorFilter },
        { provide: Ledger, useValue: ledger },
        { provide: ArchiveFolder, useValue: folder },
        { provide: JudgementLane, useValue: lane },
        { provide: Reception, useValue: reception },
      ],
    };
  }
}
