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
  openRepositories,
  PurgeDocuments,
  VerifyDocuments,
} from '@teletransmission/persistence';
import { LiaisonGateways, ProcessPlaces } from '@teletransmission/prefecture-client';
import type { JobHandling, QueueBackend, Schedule } from '@teletransmission/queues';
import {
  JobRunner,
  openBackend,
  openQueuesOn,
  OutboxRelay,
  QUEUE_NAMES,
  requeue,
} from '@teletransmission/queues';
import { InspectionProcess, StoredPieceInspector } from '@teletransmission/pieces';
import { DetachedSignatureVerifier, loadAutorites, RevocationFile } from '@teletransmission/signature';
import type { JobsPolicies } from '@teletransmission/teletransmission';
import { assembleCircuit, assembleJobs, JOBS, RETRY_POLICY } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { ForgetExpiredProcessor } from '../keeping/forget-expired.processor';
import { PurgeOrphansProcessor } from '../keeping/purge-orphans.processor';
import { VerifyDocumentsProcessor } from '../keeping/verify-documents.processor';
import { CollectRetoursProcessor } from '../collect-retours/collect-retours.processor';
import { withCount } from '../metriques/with-count';
import { applicationVersion } from '../pouls/application-version';
import { Heartbeat } from '../pouls/heartbeat';
import { withPouls } from '../pouls/with-pouls';
import { OutboxJobProcessor } from '../outbox-jobs/outbox-job.processor';
import { withTray } from '../outbox-jobs/with-tray';
import { RaiseAlertesProcessor } from '../raise-alertes/raise-alertes.processor';
import { SweepDeadlinesProcessor } from '../sweep-deadlines/sweep-deadlines.processor';

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

/** Ce que les réglages disent aux cas d'usage. */
function policiesOf({ rythme, prefecture, operateur, alertes }: WorkerSettings): JobsPolicies {
  const { disjoncteur, delaiMs } = prefecture;
  return {
    operateur,
    seuils: alertes,
    circuit: {
      failures: disjoncteur.echecs,
      periodMs: disjoncteur.periodeMs,
      firstDelayMs: disjoncteur.sondeMs,
      maxDelayMs: disjoncteur.sondeMaxMs,
      probeLeaseMs: delaiMs + rythme.bailDureeMs,
    },
    timings: {
      leaseMs: rythme.bailDureeMs,
      ackDeadlineMs: rythme.arDelaiMs,
      settleMs: rythme.reconciliationDelaiMs,
      askAgainMs: ASK_AGAIN_MS,
      forgottenMs: rythme.oubliDelaiMs,
      retry: { ...RETRY_POLICY, firstDelayMs: rythme.renvoiDelaiMs },
    },
  };
}

/** Le seul endroit du travailleur où un port rencontre son adaptateur. */
export function assembleWorker(settings: WorkerSettings, dataSource: DataSource, log: Log): WorkerParts {
  const clock = new SystemClock();
  const ids = new UuidSource();
  const { rythme, entretien } = settings;
  const repositories = openRepositories(dataSource, TRACE);
  const { outbox, pouls } = repositories;
  const documents = new FileDocumentStore(settings.stockage.dossier);
  const opener = new InspectionProcess();
  const policies = policiesOf(settings);
  const watch = assembleCircuit(repositories, policies.circuit, clock);
  const { jobs, collect, sweep, raise, requestClassification } = assembleJobs(
    {
      ...repositories,
      documents,
      signatures: new DetachedSignatureVerifier(
        documents,
        loadAutorites(settings.signature.autorites),
        RevocationFile.open(settings.signature.revocations, log),
      ),
      inspector: new StoredPieceInspector(documents, opener),
      gateways: new LiaisonGateways(
        { directe: settings.prefecture, jetons: settings.prefecture.jetons },
        watch,
        log,
      ),
      heartbeat: new TimerHeartbeat(),
      places: new ProcessPlaces(SENDS_PER_PREFECTURE, PLACE_PATIENCE_MS),
    },
    policies,
    { clock, ids },
  );
  const backend = openBackend(settings.queues, settings.database.url);
  const queues = openQueuesOn(backend);
  const travaux = new TravauxCounter(QUEUE_NAMES);

  const handlings: readonly JobHandling[] = [
    ...JOBS.map((job) => withTray(new OutboxJobProcessor(job, jobs[job]), log)),
    new CollectRetoursProcessor(collect, log),
    new SweepDeadlinesProcessor(
      sweep,
      // Un délai pour être signalée en retard, un autre pour qu'une personne s'en occupe ; puis elle est refaite.
      () =>
        requestClassification.refresh({
          periodMs: rythme.classificationPeriodeMs,
          patienceMs: 2 * policies.timings.ackDeadlineMs,
        }),
      (messages) => requeue(messages, queues, outbox),
      log,
    ),
    new RaiseAlertesProcessor(raise, log),
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
