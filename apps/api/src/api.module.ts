import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { HealthController, MetriquesController } from '@teletransmission/observability';
import { AcknowledgementsController } from './acknowledgements/acknowledgements.controller';
import { AlertesController } from './alertes/alertes.controller';
import { CorrespondancesController } from './correspondances/correspondances.controller';
import { ClassificationController } from './classifications/classification.controller';
import { AuditHistoryController } from './audit-history/audit-history.controller';
import { JournalController } from './audit-history/journal.controller';
import { CorrectDeliberationController } from './deliberations/correct-deliberation.controller';
import { DepositDeliberationController } from './deliberations/deposit-deliberation.controller';
import { FollowDeliberationController } from './deliberations/follow-deliberation.controller';
import { LiaisonsController } from './liaisons/liaisons.controller';
import { OpenapiController } from './openapi/openapi.controller';
import { NomenclatureController, PreuvesController } from './preuves/preuves.controller';
import { PrefecturesController } from './prefectures/prefectures.controller';
import { DeclarePublicationController } from './publications/declare-publication.controller';
import { DecideRetourController } from './retours/decide-retour.controller';
import { DecisionsController } from './retours/decisions.controller';
import { HandleRetourController } from './retours/handle-retour.controller';
import { ReadRetoursController } from './retours/read-retours.controller';
import { RelevesController } from './retours/releves.controller';
import { ConstatController } from './transmissions/constat.controller';
import { DecideCourrierController } from './correspondances/decide-courrier.controller';
import { SteerTransmissionController } from './transmissions/steer-transmission.controller';
import type { ApiParts } from './wiring/api.wiring';
import { apiProviders } from './wiring/api.wiring';

/** La porte HTTP des collectivités. La table des matières de l'API. */
@Module({})
export class ApiModule {
  static of(parts: ApiParts): DynamicModule {
    return {
      module: ApiModule,
      controllers: [
        DepositDeliberationController,
        CorrectDeliberationController,
        AcknowledgementsController,
        FollowDeliberationController,
        PreuvesController,
        NomenclatureController,
        DeclarePublicationController,
        DecideCourrierController,
        SteerTransmissionController,
        ConstatController,
        ReadRetoursController,
        HandleRetourController,
        DecideRetourController,
        DecisionsController,
        RelevesController,
        AuditHistoryController,
        JournalController,
        ClassificationController,
        CorrespondancesController,
        AlertesController,
        PrefecturesController,
        LiaisonsController,
        OpenapiController,
        HealthController,
        MetriquesController,
      ],
      providers: apiProviders(parts),
    };
  }
}
