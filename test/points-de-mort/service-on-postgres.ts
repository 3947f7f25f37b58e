import type { Clock, IdSource, TraceSource } from '@teletransmission/kernel';
import {
  OutboxStore,
  PgAlerteRepository,
  PgClassificationRepository,
  PgCollectiviteRepository,
  PgCorrespondanceRepository,
  PgDeliberationRepository,
  PgEnvoiRepository,
  PgPrefectureRepository,
  PgPublicationRepository,
  PgRateBudget,
  PgReleveRepository,
  PgRetourRepository,
  PgTransmissionRepository,
} from '@teletransmission/persistence';
import { DetachedSignatureVerifier } from '@teletransmission/signature';
import type {
  DeliberationId,
  DocumentStore,
  JobOutcome,
  OutboxMessage,
  PrefectureGateway,
  RetourId,
  TransmissionId,
} from '@teletransmission/teletransmission';
import {
  AdoptClassification,
  ApplyRetour,
  CollectRetours,
  DepartureGate,
  DepositDeliberation,
  FindConcerned,
  PublishDeliberation,
  ReceiveCourrier,
  ReconcileEnvoi,
  SealEnveloppe,
  SignalDefere,
  SubmitEnveloppe,
  SweepDeadlines,
} from '@teletransmission/teletransmission';
import {
  CIRCUIT_POLICY,
  InMemoryInspector,
  InMemoryPlaces,
  ManualHeartbeat,
  SEUILS,
  TIMINGS,
} from '@teletransmission/testkit';
import type { DataSource } from 'typeorm';

const NO_TRACE: TraceSource = { current: () => null };
const OPERATEUR = { trigramme: 'TLT', quadrigramme: 'TACT', adresseRetour: 'retour@operateur.example.org' };

/** Ce qui survit au processus : ses documents, et l'autre bout de la liaison. */
export interface Surroundings {
  readonly documents: DocumentStore;
  readonly prefecture: PrefectureGateway;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** Les cas d'usage du chemin d'un acte, sur une vraie base : ce que l'API et un travailleur assemblent, sans file entre eux. */
export class ServiceOnPostgres {
  readonly outbox: OutboxStore;
  readonly transmissions: PgTransmissionRepository;
  readonly collectivites: PgCollectiviteRepository;
  readonly deposit: DepositDeliberation;
  readonly seal: SealEnveloppe;
  readonly submit: SubmitEnveloppe;
  readonly collect: CollectRetours;
  readonly apply: ApplyRetour;
  readonly sweep: SweepDeadlines;
  private readonly reconcile: ReconcileEnvoi;
  private readonly publish: PublishDeliberation;

  constructor(dataSource: DataSource, { documents, prefecture, clock, ids }: Surroundings) {
    this.outbox = new OutboxStore(dataSource);
    this.transmissions = new PgTransmissionRepository(dataSource, NO_TRACE);
    this.collectivites = new PgCollectiviteRepository(dataSource);
    const { transmissions, collectivites } = this;
    const deliberations = new PgDeliberationRepository(dataSource, NO_TRACE);
    const classifications = new PgClassificationRepository(dataSource, NO_TRACE);
    const correspondances = new PgCorrespondanceRepository(dataSource, NO_TRACE);
    const prefectures = new PgPrefectureRepository(dataSource, NO_TRACE);
    const publications = new PgPublicationRepository(dataSource);
    const envois = new PgEnvoiRepository(dataSource, NO_TRACE);
    const retours = new PgRetourRepository(dataSource, NO_TRACE);
    const signatures = new DetachedSignatureVerifier(documents, null);
    const judges = { signatures, inspector: new InMemoryInspector(documents) };
    const departures = new DepartureGate(
      { prefectures, budget: new PgRateBudget(dataSource), places: new InMemoryPlaces(1), transmissions },
      CIRCUIT_POLICY,
    );
    const depot = { collectivites, deliberations, transmissions, classifications, ...judges };
    this.deposit = new DepositDeliberation(depot, clock, ids);
    this.seal = new SealEnveloppe(
      { ...depot, correspondances, documents, prefectures },
      OPERATEUR,
      clock,
      ids,
    );
    this.submit = new SubmitEnveloppe(
      { transmissions, envois, documents, prefecture, heartbeat: new ManualHeartbeat(), departures },
      TIMINGS,
      clock,
      ids,
    );
    this.reconcile = new ReconcileEnvoi(
      transmissions,
      prefecture,
      { ...TIMINGS, askAgainMs: 600_000 },
      clock,
      departures,
    );
    const releves = new PgReleveRepository(dataSource);
    this.collect = new CollectRetours({ prefecture, documents, retours, releves }, clock, ids);
    this.apply = new ApplyRetour(
      { retours, transmissions, envois, collectivites, documents },
      {
        find: new FindConcerned(transmissions, collectivites, retours),
        courriers: new ReceiveCourrier(correspondances, documents, clock, ids),
        adopt: new AdoptClassification(classifications, transmissions, clock),
        signal: new SignalDefere(new PgAlerteRepository(dataSource), SEUILS, clock, ids),
      },
      clock,
    );
    this.publish = new PublishDeliberation(
      { deliberations, publications, collectivites, transmissions },
      clock,
    );
    this.sweep = new SweepDeadlines(transmissions, { ...TIMINGS, forgottenMs: 120_000 }, clock);
  }

  /** @throws Error pour un travail qui n'est pas de ce chemin. */
  run({ job, targetId }: OutboxMessage): Promise<JobOutcome> {
    switch (job) {
      case 'seal-enveloppe':
        return this.seal.execute(targetId as TransmissionId);
      case 'submit-enveloppe':
        return this.submit.execute(targetId as TransmissionId);
      case 'reconcile-envoi':
        return this.reconcile.execute(targetId as TransmissionId);
      case 'apply-retour':
        return this.apply.execute(targetId as RetourId);
      case 'track-publication':
        return this.publish.follow(targetId as DeliberationId).then(() => ({ kind: 'done' }));
      default:
        throw new Error(`Hors de ce chemin : ${job}`);
    }
  }
}
