import type { TraceSource } from '@teletransmission/kernel';
import type { DataSource } from 'typeorm';
import { OutboxStore } from './outbox/outbox-store';
import { PgAlerteReadings } from './readings/pg-alerte-readings';
import { PgChainReadings } from './readings/pg-chain-readings';
import { PgCourrierReadings } from './readings/pg-courrier-readings';
import { PgPreuveReadings } from './readings/pg-preuve-readings';
import { PgReadings } from './readings/pg-readings';
import { PgTray } from './readings/pg-tray';
import { PgClassificationRepository } from './repositories/actes/classification.repository';
import { PgConstatRepository } from './repositories/actes/constat.repository';
import { PgCorrespondanceRepository } from './repositories/actes/correspondance.repository';
import { PgDecisionRepository } from './repositories/actes/decisions/decision.repository';
import { PgDeliberationRepository } from './repositories/actes/deliberation.repository';
import { PgDossiers } from './repositories/actes/dossier.repository';
import { PgEnvoiRepository } from './repositories/actes/envoi.repository';
import { PgPublicationRepository } from './repositories/actes/publication.repository';
import { PgRetourRepository } from './repositories/actes/retour.repository';
import { PgTransmissionRepository } from './repositories/actes/transmission.repository';
import { PgCollectiviteRepository } from './repositories/administration/collectivite.repository';
import { PgCompteRepository } from './repositories/administration/compte.repository';
import { PgSessionRepository } from './repositories/administration/session.repository';
import { PgAlerteRepository } from './repositories/exploitation/alerte.repository';
import { PgLiaisonRepository } from './repositories/liaisons/liaison.repository';
import { PgPouls } from './repositories/exploitation/pouls.repository';
import { PgPrefectureRepository } from './repositories/exploitation/prefecture.repository';
import { PgRateBudget } from './repositories/exploitation/rate-budget.repository';
import { PgReleveRepository } from './repositories/exploitation/releve.repository';

/** Tout ce que PostgreSQL tient, chaque port sous le nom que l'assemblage du domaine lui donne. */
export interface Repositories {
  readonly alerteReadings: PgAlerteReadings;
  readonly alertes: PgAlerteRepository;
  readonly budget: PgRateBudget;
  readonly chains: PgChainReadings;
  readonly classifications: PgClassificationRepository;
  readonly collectivites: PgCollectiviteRepository;
  readonly comptes: PgCompteRepository;
  readonly constats: PgConstatRepository;
  readonly correspondances: PgCorrespondanceRepository;
  readonly courrierReadings: PgCourrierReadings;
  readonly decisions: PgDecisionRepository;
  readonly deliberations: PgDeliberationRepository;
  readonly dossiers: PgDossiers;
  readonly envois: PgEnvoiRepository;
  readonly liaisons: PgLiaisonRepository;
  readonly outbox: OutboxStore;
  readonly pouls: PgPouls;
  readonly prefectures: PgPrefectureRepository;
  readonly preuves: PgPreuveReadings;
  readonly publications: PgPublicationRepository;
  readonly readings: PgReadings;
  readonly releves: PgReleveRepository;
  readonly retours: PgRetourRepository;
  readonly sessions: PgSessionRepository;
  readonly transmissions: PgTransmissionRepository;
  readonly tray: PgTray;
}

/** Ouvre les livres de cette base : aucun ordre ne part avant qu'on ne s'en serve. @param trace ce que portent les travaux qu'ils écrivent. */
export function openRepositories(dataSource: DataSource, trace: TraceSource): Repositories {
  return {
    alerteReadings: new PgAlerteReadings(dataSource),
    alertes: new PgAlerteRepository(dataSource),
    budget: new PgRateBudget(dataSource),
    chains: new PgChainReadings(dataSource),
    classifications: new PgClassificationRepository(dataSource, trace),
    collectivites: new PgCollectiviteRepository(dataSource),
    comptes: new PgCompteRepository(dataSource),
    constats: new PgConstatRepository(dataSource),
    correspondances: new PgCorrespondanceRepository(dataSource, trace),
    courrierReadings: new PgCourrierReadings(dataSource),
    decisions: new PgDecisionRepository(dataSource, trace),
    deliberations: new PgDeliberationRepository(dataSource, trace),
    dossiers: new PgDossiers(dataSource),
    envois: new PgEnvoiRepository(dataSource, trace),
    liaisons: new PgLiaisonRepository(dataSource),
    outbox: new OutboxStore(dataSource),
    pouls: new PgPouls(dataSource),
    prefectures: new PgPrefectureRepository(dataSource, trace),
    preuves: new PgPreuveReadings(dataSource),
    publications: new PgPublicationRepository(dataSource),
    readings: new PgReadings(dataSource),
    releves: new PgReleveRepository(dataSource),
    retours: new PgRetourRepository(dataSource, trace),
    sessions: new PgSessionRepository(dataSource),
    transmissions: new PgTransmissionRepository(dataSource, trace),
    tray: new PgTray(dataSource),
  };
}
