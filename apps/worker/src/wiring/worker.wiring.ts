import type { Settings } from '@teletransmission/config';
import type { Log } from '@teletransmission/kernel';
import {
  ClockWatch,
  SystemClock,
  TimerHeartbeat,
  TRACE,
  TravauxCounter,
  UuidSource,
  withTrace,
} from '@teletransmission/observability';
import {
  DocumentFindings,
  FileDocumentStore,
  forgetExpiredRows,
  listenToOutbox,
  OutboxStore,
  PgAlerteRepository,
  PgClassificationRepository,
  PgCollectiviteRepository,
  PgCorrespondanceRepository,
  PgDeliberationRepository,
  PgEnvoiRepository,
  PgPrefectureRepository,
  PgPouls,
  PgPublicationRepository,
  PgRateBudget,
  PgReleveRepository,
  PgRetourRepository,
  PgTransmissionRepository,
  PurgeDocuments,
  VerifyDocuments,
} from '@teletransmission/persistence';
import { BreakerGateway, DirectGateway, ProcessPlaces } from '@teletransmission/prefecture-client';
import type { JobHandling, QueueBackend, Schedule } from '@teletransmission/queues';
import {
  JobRunner,
  openBackend,
  openQueuesOn,
  OutboxRelay,
  QUEUE_NAMES,
  RedisRateBudget,
  requeue,
} from '@teletransmission/queues';
import { InspectionProcess, StoredPieceInspector } from '@teletransmission/pieces';
import { DetachedSignatureVerifier, loadAutorites } from '@teletransmission/signature';
import {
  AdoptClassification,
  ApplyRetour,
  FindConcerned,
  CollectRetours,
  DepartureGate,
  PublishDeliberation,
  RaiseAlertes,
  ReceiveCourrier,
  ReconcileEnvoi,
  RequestClassification,
  ResubmitOutdated,
  RETRY_POLICY,
  SealEnveloppe,
  SignalDefere,
  SubmitEnveloppe,
  SweepDeadlines,
  WatchCircuit,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { ApplyRetourProcessor } from '../apply-retour/apply-retour.processor';
import { ForgetExpiredProcessor } from '../keeping/forget-expired.processor';
import { PurgeOrphansProcessor } from '../keeping/purge-orphans.processor';
import { VerifyDocumentsProcessor } from '../keeping/verify-documents.processor';
import { CollectRetoursProcessor } from '../collect-retours/collect-retours.processor';
import { withCount } from '../metriques/with-count';
import { applicationVersion } from '../pouls/application-version';
import { Heartbeat } from '../pouls/heartbeat';
import { withPouls } from '../pouls/with-pouls';
import { RaiseAlertesProcessor } from '../raise-alertes/raise-alertes.processor';
import { RequestClassificationProcessor } from '../request-classification/request-classification.processor';
import { ResubmitOutdatedProcessor } from '../resubmit-outdated/resubmit-outdated.processor';
import { ReconcileEnvoiProcessor } from '../reconcile-envoi/reconcile-envoi.processor';
import { SealEnveloppeProcessor } from '../seal-enveloppe/seal-enveloppe.processor';
import { SubmitEnveloppeProcessor } from '../submit-enveloppe/submit-enveloppe.processor';
import { SweepDeadlinesProcessor } from '../sweep-deadlines/sweep-deadlines.processor';
import { TrackPublicationProcessor } from '../track-publication/track-publication.processor';

export type WorkerSettings = Pick<
  Settings,
  | 'database'
  | 'queues'
  | 'stockage'
  | 'signature'
  | 'operateur'
  | 'prefecture'
  | 'rythme'
  | 'alertes'
  | 'entretien'
  | 'worker'
  | 'metriques'
  | 'journal'
>;

export interface WorkerParts {
  readonly backend: QueueBackend;
  readonly runner: JobRunner;
  readonly relay: OutboxRelay;
  readonly heartbeat: Heartbeat;
  readonly clocks: ClockWatch;
  readonly queues: ReturnType<typeof openQueuesOn>;
  readonly schedules: readonly Schedule[];
  readonly travaux: TravauxCounter;
  readonly documents: FileDocumentStore;
  /** Lâche ce qui n'est ni la base ni les files. */
  release(): void;
}

/** Entre deux questions à une préfecture qui ne sait pas répondre. */
const ASK_AGAIN_MS = 600_000;
const FORGET_EVERY_MS = 3_600_000;
/** Sur les douze envois de front d'un travailleur : une préfecture qui se fige en laisse quatre aux autres. */
const SENDS_PER_PREFECTURE = 8;
const PLACE_PATIENCE_MS = 500;

/** Le seul endroit du travailleur où un port rencontre son adaptateur. */
export function assembleWorker(settings: WorkerSettings, dataSource: DataSource, log: Log): WorkerParts {
  const clock = new SystemClock();
  const ids = new UuidSource();
  const { rythme, entretien, prefecture: liaison } = settings;
  const collectivites = new PgCollectiviteRepository(dataSource);
  const deliberations = new PgDeliberationRepository(dataSource, TRACE);
  const transmissions = new PgTransmissionRepository(dataSource, TRACE);
  const envois = new PgEnvoiRepository(dataSource, TRACE);
  const retours = new PgRetourRepository(dataSource, TRACE);
  const publications = new PgPublicationRepository(dataSource);
  const classifications = new PgClassificationRepository(dataSource, TRACE);
  const requestClassification = new RequestClassification(
    transmissions,
    classifications,
    collectivites,
    clock,
    ids,
  );
  const documents = new FileDocumentStore(settings.stockage.dossier);
  const signatures = new DetachedSignatureVerifier(documents, loadAutorites(settings.signature.autorites));
  const opener = new InspectionProcess();
  const inspector = new StoredPieceInspector(documents, opener);
  const correspondances = new PgCorrespondanceRepository(dataSource, TRACE);
  const courriers = new ReceiveCourrier(correspondances, documents, clock, ids);
  const outbox = new OutboxStore(dataSource);
  const prefectures = new PgPrefectureRepository(dataSource, TRACE);
  const circuitPolicy = {
    failures: liaison.disjoncteur.echecs,
    periodMs: liaison.disjoncteur.periodeMs,
    firstDelayMs: liaison.disjoncteur.sondeMs,
    maxDelayMs: liaison.disjoncteur.sondeMaxMs,
    probeLeaseMs: liaison.delaiMs + rythme.bailDureeMs,
  };
  const watch = new WatchCircuit(prefectures, circuitPolicy, clock);
  const prefecture = new BreakerGateway(new DirectGateway(liaison), watch, log);
  const counted = new PgRateBudget(dataSource);
  const budget =
    settings.queues.backend === 'redis' ? RedisRateBudget.open(settings.queues, counted, log) : counted;
  const places = new ProcessPlaces(SENDS_PER_PREFECTURE, PLACE_PATIENCE_MS);
  const departures = new DepartureGate({ prefectures, budget, places, transmissions }, circuitPolicy);
  const backend = openBackend(settings.queues, settings.database.url);
  const queues = openQueuesOn(backend);
  const settleMs = rythme.reconciliationDelaiMs;
  const ackDeadlineMs = rythme.arDelaiMs;
  const retry = { ...RETRY_POLICY, firstDelayMs: rythme.renvoiDelaiMs };
  const pouls = new PgPouls(dataSource);
  const alertes = new PgAlerteRepository(dataSource);
  const travaux = new TravauxCounter(QUEUE_NAMES);

  const handlings: readonly JobHandling[] = [
    new SealEnveloppeProcessor(
      new SealEnveloppe(
        {
          transmissions,
          deliberations,
          collectivites,
          classifications,
          correspondances,
          documents,
          signatures,
          inspector,
          prefectures,
        },
        settings.operateur,
        clock,
        ids,
      ),
    ),
    new SubmitEnveloppeProcessor(
      new SubmitEnveloppe(
        { transmissions, envois, documents, prefecture, heartbeat: new TimerHeartbeat(), departures },
        { leaseMs: rythme.bailDureeMs, ackDeadlineMs, settleMs, retry },
        clock,
        ids,
      ),
    ),
    new ReconcileEnvoiProcessor(
      new ReconcileEnvoi(
        transmissions,
        prefecture,
        { settleMs, askAgainMs: ASK_AGAIN_MS, ackDeadlineMs, retry },
        clock,
        departures,
      ),
    ),
    new CollectRetoursProcessor(
      new CollectRetours(
        { prefecture, documents, retours, releves: new PgReleveRepository(dataSource) },
        clock,
        ids,
      ),
      log,
    ),
    new ApplyRetourProcessor(
      new ApplyRetour(
        { retours, transmissions, envois, collectivites, documents },
        {
          find: new FindConcerned(transmissions, collectivites, retours),
          courriers,
          adopt: new AdoptClassification(classifications, transmissions, clock),
          signal: new SignalDefere(alertes, settings.alertes, clock, ids),
        },
        clock,
      ),
      log,
    ),
    new TrackPublicationProcessor(
      new PublishDeliberation({ deliberations, publications, collectivites, transmissions }, clock),
    ),
    new RequestClassificationProcessor(requestClassification),
    new ResubmitOutdatedProcessor(new ResubmitOutdated(transmissions, collectivites, clock)),
    new SweepDeadlinesProcessor(
      new SweepDeadlines(transmissions, { settleMs, forgottenMs: rythme.oubliDelaiMs }, clock),
      // Un délai pour être signalée en retard, un autre pour qu'une personne s'en occupe ; puis elle est refaite.
      () =>
        requestClassification.refresh({
          periodMs: rythme.classificationPeriodeMs,
          patienceMs: 2 * ackDeadlineMs,
        }),
      (messages) => requeue(messages, queues, outbox),
      log,
    ),
    new RaiseAlertesProcessor(new RaiseAlertes(alertes, pouls, settings.alertes, clock, ids), log),
    new VerifyDocumentsProcessor(
      new VerifyDocuments(dataSource, documents, clock, { kind: 'service' }),
      { budgetOctets: entretien.passeOctets, everyMs: entretien.tourMs },
      async () => (await new DocumentFindings(dataSource, { kind: 'service' }).open()).damages.length,
      log,
    ),
    new PurgeOrphansProcessor(
      new PurgeDocuments(dataSource, documents, clock, { kind: 'service' }),
      entretien.orphelinsJours,
      log,
    ),
    new ForgetExpiredProcessor(() => forgetExpiredRows(dataSource, entretien)),
  ];
  return {
    backend,
    queues,
    travaux,
    documents,
    clocks: new ClockWatch(pouls, 'worker', settings.alertes.horlogeMs, clock, log),
    heartbeat: new Heartbeat(pouls, applicationVersion(), clock, log, ids),
    runner: new JobRunner(
      backend,
      handlings.map((handling) => withCount(withPouls(handling, pouls, clock, log), travaux)),
      withTrace,
      log,
    ),
    relay: new OutboxRelay(
      outbox,
      queues,
      (onNotified, onLost) => listenToOutbox(settings.database.url, onNotified, onLost),
      clock,
      log,
    ),
    release: () => {
      opener.close();
      if (budget instanceof RedisRateBudget) budget.close();
    },
    schedules: [
      { queue: 'collect-retours', periodMs: rythme.relevePeriodeMs },
      { queue: 'sweep-deadlines', periodMs: rythme.balayagePeriodeMs },
      { queue: 'raise-alertes', periodMs: rythme.balayagePeriodeMs },
      { queue: 'verify-documents', periodMs: entretien.passePeriodeMs },
      { queue: 'purge-orphans', periodMs: entretien.orphelinsPeriodeMs },
      { queue: 'forget-expired', periodMs: FORGET_EVERY_MS },
    ],
  };
}
