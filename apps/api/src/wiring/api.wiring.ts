import type { Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import type { Settings } from '@teletransmission/config';
import type { Log } from '@teletransmission/kernel';
import type { Dependency, Metriques } from '@teletransmission/observability';
import {
  ClockWatch,
  HEALTH_KEPT_MS,
  HealthWatch,
  METRIQUES,
  MetriquesPage,
  ProcessMetriques,
  SystemClock,
  TRACE,
  UuidSource,
} from '@teletransmission/observability';
import {
  checkWritable,
  CryptoSecrets,
  FileDocumentStore,
  KeptComptes,
  openRepositories,
  PgMesures,
  poolUse,
  referencedAmong,
  watchComptes,
} from '@teletransmission/persistence';
import { InspectionProcess, StoredPieceInspector } from '@teletransmission/pieces';
import { RedisCounters } from '@teletransmission/queues';
import { DetachedSignatureVerifier, loadAutorites, RevocationFile } from '@teletransmission/signature';
import {
  assembleConsultation,
  assembleProofs,
  assembleRequests,
  RETRY_POLICY,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { ReceiveDeposit } from '../deliberations/receive-deposit';
import { BearerGuard } from '../authentication/bearer.guard';
import { RoleGuard } from '../doors/role.guard';
import { CompteLimitGuard } from '../doors/compte-limit.guard';
import { RequestLimits } from '../doors/request-limits';
import { ApiProblemFilter } from '../problems/api-problem.filter';
import { upkeepOf } from './upkeep';
import { DOCUMENTS } from '../injection/tokens';

export interface ApiParts {
  readonly settings: Pick<
    Settings,
    'database' | 'stockage' | 'signature' | 'rythme' | 'alertes' | 'mandataires' | 'portes' | 'metriques'
  >;
  readonly dataSource: DataSource;
  readonly log: Log;
}

/** Le seul endroit de l'API où un port rencontre son adaptateur. */
export function apiProviders({ settings, dataSource, log }: ApiParts): Provider[] {
  const clock = new SystemClock();
  const ids = new UuidSource();
  const { rythme } = settings;
  const repositories = openRepositories(dataSource, TRACE);
  const documents = new FileDocumentStore(settings.stockage.dossier);
  const signatures = new DetachedSignatureVerifier(
    documents,
    loadAutorites(settings.signature.autorites),
    RevocationFile.open(settings.signature.revocations, log),
  );
  const opener = new InspectionProcess();
  const counters = RedisCounters.open(settings.portes.compteurs, log);
  const comptes = new KeptComptes(repositories.comptes);
  const stopWatching = watchComptes(settings.database.url, comptes);
  const limits = new RequestLimits(settings.portes, counters);
  const ports = {
    ...repositories,
    documents,
    signatures,
    inspector: new StoredPieceInspector(documents, opener),
  };
  const timings = {
    ackDeadlineMs: rythme.arDelaiMs,
    retry: { ...RETRY_POLICY, firstDelayMs: rythme.renvoiDelaiMs },
  };
  const consultation = assembleConsultation(repositories, settings.alertes, clock);
  const useCases = {
    ...assembleRequests(ports, { timings, seuils: settings.alertes }, { clock, ids }),
    ...consultation,
    ...assembleProofs(ports),
  };
  const clocks = new ClockWatch(repositories.pouls, 'api', settings.alertes.horlogeMs, clock, log);
  const dependencies: readonly Dependency[] = [
    { nom: 'postgresql', check: () => checkWritable(dataSource) },
    { nom: 'documents', check: () => documents.checkWritable() },
    ...upkeepOf(consultation.alertes),
  ];
  const processus = new ProcessMetriques(() => poolUse(dataSource));
  const page = new MetriquesPage({
    mesures: new PgMesures(dataSource, settings.alertes.travailleursMs),
    seuils: settings.alertes,
    dependencies,
    clock,
    process: processus,
  });
  const metriques: Metriques = {
    jeton: settings.metriques.jeton,
    page,
    observe: (instance) => {
      processus.observe(instance);
    },
  };
  return [
    { provide: APP_FILTER, useValue: new ApiProblemFilter(log, TRACE) },
    {
      provide: APP_GUARD,
      useValue: new BearerGuard(comptes, new CryptoSecrets()),
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
        onApplicationShutdown: async () => {
          opener.close();
          counters.close();
          await stopWatching();
          await dataSource.destroy();
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
    { provide: METRIQUES, useValue: metriques },
    // Un contrôleur demande un cas d'usage par sa classe : celui de l'assemblage, quel qu'il soit.
    ...Object.values(useCases).map((useCase) => ({ provide: useCase.constructor, useValue: useCase })),
  ];
}
