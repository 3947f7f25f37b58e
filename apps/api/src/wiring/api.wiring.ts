import type { Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import type { Settings } from '@teletransmission/config';
import type { Log } from '@teletransmission/kernel';
import type { Dependency } from '@teletransmission/observability';
import {
  ClockWatch,
  HEALTH_KEPT_MS,
  HealthWatch,
  METRIQUES,
  MetriquesPage,
  SystemClock,
  TRACE,
  UuidSource,
} from '@teletransmission/observability';
import {
  checkWritable,
  CryptoSecrets,
  FileDocumentStore,
  PgAlerteReadings,
  PgAlerteRepository,
  PgClassificationRepository,
  PgChainReadings,
  PgCollectiviteRepository,
  PgCompteRepository,
  PgConstatRepository,
  PgCorrespondanceRepository,
  PgDeliberationRepository,
  PgMesures,
  PgPouls,
  PgPreuveReadings,
  PgPrefectureRepository,
  PgPublicationRepository,
  PgReadings,
  PgReleveRepository,
  PgRetourRepository,
  PgTransmissionRepository,
  referencedAmong,
} from '@teletransmission/persistence';
import { InspectionProcess, StoredPieceInspector } from '@teletransmission/pieces';
import { RedisCounters } from '@teletransmission/queues';
import { DetachedSignatureVerifier, loadAutorites } from '@teletransmission/signature';
import {
  AnswerCorrespondance,
  ConsultAlertes,
  ConsultReleves,
  ConsultHistory,
  ConsultJournal,
  ConsultPreuves,
  CorrectDeliberation,
  DepositDeliberation,
  FindConcerned,
  PublishDeliberation,
  RegulatePrefecture,
  RequestAnnulation,
  RequestClassification,
  ResolveUncertain,
  RETRY_POLICY,
  FileCourrier,
  SteerReponse,
  SteerTransmission,
  TakeDefere,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { ReceiveDeposit } from '../deliberations/receive-deposit';
import { BearerGuard } from '../authentication/bearer.guard';
import { RoleGuard } from '../doors/role.guard';
import { CompteLimitGuard } from '../doors/compte-limit.guard';
import { RequestLimits } from '../doors/request-limits';
import { ApiProblemFilter } from '../problems/api-problem.filter';
import { trayProviders } from './tray.wiring';
import { upkeepOf } from './upkeep';
import { DOCUMENTS } from '../injection/tokens';

export interface ApiParts {
  readonly settings: Pick<
    Settings,
    'stockage' | 'signature' | 'rythme' | 'alertes' | 'mandataires' | 'portes' | 'metriques'
  >;
  readonly dataSource: DataSource;
  readonly log: Log;
}

/** Le seul endroit de l'API où un port rencontre son adaptateur. */
export function apiProviders({ settings, dataSource, log }: ApiParts): Provider[] {
  const clock = new SystemClock();
  const ids = new UuidSource();
  const { rythme } = settings;
  const collectivites = new PgCollectiviteRepository(dataSource);
  const deliberations = new PgDeliberationRepository(dataSource, TRACE);
  const publications = new PgPublicationRepository(dataSource);
  const transmissions = new PgTransmissionRepository(dataSource, TRACE);
  const classifications = new PgClassificationRepository(dataSource);
  const correspondances = new PgCorrespondanceRepository(dataSource, TRACE);
  const documents = new FileDocumentStore(settings.stockage.dossier);
  const signatures = new DetachedSignatureVerifier(documents, loadAutorites(settings.signature.autorites));
  const opener = new InspectionProcess();
  const counters = RedisCounters.open(settings.portes.compteurs, log);
  const limits = new RequestLimits(settings.portes, counters);
  const judges = { signatures, inspector: new StoredPieceInspector(documents, opener) };
  const answers = new AnswerCorrespondance({ correspondances, classifications, ...judges }, clock, ids);
  const depot = { collectivites, deliberations, transmissions, classifications, ...judges };
  const history = new ConsultHistory(new PgReadings(dataSource), collectivites);
  const retours = new PgRetourRepository(dataSource, TRACE);
  const pouls = new PgPouls(dataSource);
  const clocks = new ClockWatch(pouls, 'api', settings.alertes.horlogeMs, clock, log);
  const steer = new SteerTransmission(transmissions, clock);
  const uncertain = new ResolveUncertain(
    transmissions,
    new PgConstatRepository(dataSource),
    { ackDeadlineMs: rythme.arDelaiMs, retry: { ...RETRY_POLICY, firstDelayMs: rythme.renvoiDelaiMs } },
    clock,
  );
  const alertes = new ConsultAlertes(new PgAlerteReadings(dataSource), pouls, settings.alertes, clock);
  const dependencies: readonly Dependency[] = [
    { nom: 'postgresql', check: () => checkWritable(dataSource) },
    { nom: 'documents', check: () => documents.checkWritable() },
    ...upkeepOf(alertes),
  ];
  const page = new MetriquesPage({
    mesures: new PgMesures(dataSource, settings.alertes.travailleursMs),
    seuils: settings.alertes,
    dependencies,
    clock,
  });
  return [
    { provide: APP_FILTER, useValue: new ApiProblemFilter(log, TRACE) },
    {
      provide: APP_GUARD,
      useValue: new BearerGuard(new PgCompteRepository(dataSource), new CryptoSecrets()),
    },
    { provide: APP_GUARD, useValue: new CompteLimitGuard(limits) },
    { provide: RequestLimits, useValue: limits },
    // Après le jeton : c'est lui qui dit le rôle.
    { provide: APP_GUARD, useValue: new RoleGuard() },
    { provide: DOCUMENTS, useValue: documents },
    {
      provide: ReceiveDeposit,
      useValue: new ReceiveDeposit(() =>
        documents.hold((empreintes) => referencedAmong(dataSource, empreintes)),
      ),
    },
    {
      provide: 'fermeture',
      useValue: {
        onApplicationShutdown: () => {
          opener.close();
          counters.close();
          return dataSource.destroy();
        },
      },
    },
    {
      provide: 'horloges',
      useValue: {
        onApplicationBootstrap: () => {
          clocks.start();
        },
        beforeApplicationShutdown: () => {
          clocks.stop();
        },
      },
    },
    {
      provide: HealthWatch,
      useValue: new HealthWatch(dependencies, clock, { log, keptMs: HEALTH_KEPT_MS }),
    },
    { provide: METRIQUES, useValue: { jeton: settings.metriques.jeton, page } },
    { provide: DepositDeliberation, useValue: new DepositDeliberation(depot, clock, ids) },
    { provide: CorrectDeliberation, useValue: new CorrectDeliberation(depot, clock, ids) },
    {
      provide: PublishDeliberation,
      useValue: new PublishDeliberation({ deliberations, publications, collectivites, transmissions }, clock),
    },
    {
      provide: RegulatePrefecture,
      useValue: new RegulatePrefecture(new PgPrefectureRepository(dataSource, TRACE), clock),
    },
    { provide: RequestAnnulation, useValue: new RequestAnnulation(transmissions, clock, ids) },
    {
      provide: RequestClassification,
      useValue: new RequestClassification(transmissions, classifications, collectivites, clock, ids),
    },
    { provide: AnswerCorrespondance, useValue: answers },
    {
      provide: TakeDefere,
      useValue: new TakeDefere(correspondances, answers, new PgAlerteRepository(dataSource), clock),
    },
    ...trayProviders({ dataSource, transmissions, collectivites, correspondances, seuils: settings.alertes }),
    { provide: ResolveUncertain, useValue: uncertain },
    { provide: SteerTransmission, useValue: steer },
    { provide: FileCourrier, useValue: new FileCourrier(correspondances, answers, clock) },
    { provide: SteerReponse, useValue: new SteerReponse(correspondances, answers, steer, uncertain) },
    { provide: ConsultAlertes, useValue: alertes },
    { provide: ConsultReleves, useValue: new ConsultReleves(new PgReleveRepository(dataSource)) },
    { provide: ConsultHistory, useValue: history },
    { provide: ConsultJournal, useValue: new ConsultJournal(new PgChainReadings(dataSource)) },
    {
      provide: ConsultPreuves,
      useValue: new ConsultPreuves(
        history,
        { preuves: new PgPreuveReadings(dataSource), retours, documents },
        new FindConcerned(transmissions, collectivites, retours),
      ),
    },
  ];
}
