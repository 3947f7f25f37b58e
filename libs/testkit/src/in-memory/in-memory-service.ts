import type {
  CollectiviteId,
  DeliberationId,
  DepositAnswer,
  JobOutcome,
  OutboxMessage,
  RetourId,
  Transmission,
  TransmissionId,
} from '@teletransmission/teletransmission';
import type { Result } from '@teletransmission/kernel';
import { DetachedSignatureVerifier } from '@teletransmission/signature';
import {
  AdoptClassification,
  AnswerCorrespondance,
  ApplyDecision,
  ApplyRetour,
  CollectRetours,
  CorrectDeliberation,
  DecideRetour,
  DepartureGate,
  DepositDeliberation,
  FindConcerned,
  FindTarget,
  HandleRetour,
  PublishDeliberation,
  ReceiveCourrier,
  ReconcileEnvoi,
  RegulatePrefecture,
  RequestAnnulation,
  RequestClassification,
  ResolveUncertain,
  ResubmitOutdated,
  RETRY_POLICY,
  SealEnveloppe,
  SettleDecision,
  SignalDefere,
  FileCourrier,
  SteerReponse,
  SteerTransmission,
  SubmitEnveloppe,
  SweepDeadlines,
  TakeDefere,
  WatchCircuit,
} from '@teletransmission/teletransmission';
import type { X509Certificate } from 'node:crypto';
import { aCollectivite } from '../builders/a-collectivite';
import { aCompte } from '../builders/a-compte';
import { aDossier } from '../builders/a-dossier';
import { aPdf } from '../documents/a-pdf';
import { FakeClock, SequentialIds } from '../fake-clock';
import { SEUILS } from '../contracts/alerte-contract';
import { InMemoryAlertes } from './in-memory-alertes';
import { InMemoryCollectivites } from './in-memory-collectivites';
import { InMemoryConstats } from './in-memory-constats';
import { InMemoryDecisions } from './in-memory-decisions';
import { InMemoryDocuments } from './in-memory-documents';
import { InMemoryInspector } from './in-memory-inspector';
import { InMemoryEnvois } from './in-memory-envois';
import {
  InMemoryClassifications,
  InMemoryCorrespondances,
  InMemoryDeliberations,
  InMemoryLedger,
  InMemoryPublications,
  InMemoryReleves,
  InMemoryRetours,
  InMemoryTransmissions,
} from './in-memory-ledger';
import { InMemoryPlaces } from './in-memory-places';
import { InMemoryTray } from './in-memory-tray';
import { ManualHeartbeat } from './manual-heartbeat';
import { InMemoryPrefectures, InMemoryRateBudget } from './in-memory-prefectures';
import { ScriptedPrefecture } from './scripted-prefecture';

export const TIMINGS = {
  leaseMs: 60_000,
  ackDeadlineMs: 86_400_000,
  settleMs: 120_000,
  retry: RETRY_POLICY,
} as const;

export const CIRCUIT_POLICY = {
  failures: 3,
  periodMs: 600_000,
  firstDelayMs: 30_000,
  maxDelayMs: 900_000,
  probeLeaseMs: 240_000,
} as const;

/** Tout le service en mémoire, sans file : `runJobs` fait, dans l'ordre, ce que la boîte d'envoi demande. */
export class InMemoryService {
  readonly clock = new FakeClock();
  readonly ids = new SequentialIds();
  readonly ledger = new InMemoryLedger();
  readonly documents = new InMemoryDocuments();
  readonly inspector = new InMemoryInspector(this.documents);
  readonly prefecture = new ScriptedPrefecture();
  readonly heartbeat = new ManualHeartbeat();
  readonly tray = new InMemoryTray(this.ledger);
  readonly constats = new InMemoryConstats(this.ledger);
  readonly envois = new InMemoryEnvois(this.ledger);
  readonly alertes = new InMemoryAlertes(this.ledger);
  readonly deliberations = new InMemoryDeliberations(this.ledger);
  readonly retours = new InMemoryRetours(this.ledger);
  readonly releves = new InMemoryReleves(this.ledger);
  readonly correspondances = new InMemoryCorrespondances(this.ledger);
  readonly publications = new InMemoryPublications(this.ledger);
  readonly budget = new InMemoryRateBudget();
  readonly places = new InMemoryPlaces(2);
  readonly collectivites: InMemoryCollectivites;
  readonly prefectures: InMemoryPrefectures;
  readonly departures: DepartureGate;
  readonly regulate: RegulatePrefecture;
  readonly circuit: WatchCircuit;
  readonly transmissions: InMemoryTransmissions;
  readonly decisions: InMemoryDecisions;
  readonly classifications: InMemoryClassifications;
  readonly requestClassification: RequestClassification;
  readonly resubmitOutdated: ResubmitOutdated;
  readonly deposit: DepositDeliberation;
  readonly correct: CorrectDeliberation;
  readonly seal: SealEnveloppe;
  readonly submit: SubmitEnveloppe;
  readonly reconcile: ReconcileEnvoi;
  readonly resolve: ResolveUncertain;
  readonly collect: CollectRetours;
  readonly apply: ApplyRetour;
  readonly handle: HandleRetour;
  readonly decide: DecideRetour;
  readonly settle: SettleDecision;
  readonly publish: PublishDeliberation;
  readonly steer: SteerTransmission;
  readonly reponses: SteerReponse;
  readonly file: FileCourrier;
  readonly answer: AnswerCorrespondance;
  readonly take: TakeDefere;
  readonly annulation: RequestAnnulation;
  readonly sweep: SweepDeadlines;
  private done = 0;

  constructor(collectivite = aCollectivite(), autorites: readonly X509Certificate[] | null = null) {
    const { clock, ids, documents, prefecture, deliberations, retours, publications, correspondances } = this;
    const operateur = {
      trigramme: 'TLT',
      quadrigramme: 'TACT',
      adresseRetour: 'retour@operateur.example.org',
    };
    this.collectivites = new InMemoryCollectivites(collectivite);
    this.transmissions = new InMemoryTransmissions(this.ledger, this.collectivites);
    this.classifications = new InMemoryClassifications(this.ledger, this.collectivites);
    this.prefectures = new InMemoryPrefectures(this.ledger, this.collectivites);
    const { collectivites, transmissions, classifications, prefectures } = this;
    this.departures = new DepartureGate(
      { prefectures, budget: this.budget, places: this.places, transmissions },
      CIRCUIT_POLICY,
    );
    this.regulate = new RegulatePrefecture(prefectures, clock);
    this.circuit = new WatchCircuit(prefectures, CIRCUIT_POLICY, clock);
    const { departures } = this;
    const signatures = new DetachedSignatureVerifier(documents, autorites);
    const judges = { signatures, inspector: this.inspector };
    const courriers = new ReceiveCourrier(correspondances, documents, clock, ids);
    this.answer = new AnswerCorrespondance({ correspondances, classifications, ...judges }, clock, ids);
    this.take = new TakeDefere(correspondances, this.answer, this.alertes, clock);
    const depot = { collectivites, deliberations, transmissions, classifications, ...judges };
    this.deposit = new DepositDeliberation(depot, clock, ids);
    this.correct = new CorrectDeliberation(depot, clock, ids);
    this.seal = new SealEnveloppe(
      {
        transmissions,
        deliberations,
        collectivites,
        classifications,
        correspondances,
        documents,
        ...judges,
        prefectures,
      },
      operateur,
      clock,
      ids,
    );
    this.submit = new SubmitEnveloppe(
      { transmissions, envois: this.envois, documents, prefecture, heartbeat: this.heartbeat, departures },
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
    this.resolve = new ResolveUncertain(transmissions, this.constats, TIMINGS, clock);
    this.collect = new CollectRetours({ prefecture, documents, retours, releves: this.releves }, clock, ids);
    const signal = new SignalDefere(this.alertes, SEUILS, clock, ids);
    this.apply = new ApplyRetour(
      { retours, transmissions, envois: this.envois, collectivites, documents },
      {
        find: new FindConcerned(transmissions, collectivites, retours),
        courriers,
        adopt: new AdoptClassification(classifications, transmissions, clock),
        signal,
      },
      clock,
    );
    this.decisions = new InMemoryDecisions(this.ledger, { transmissions, correspondances, retours });
    const { decisions } = this;
    this.handle = new HandleRetour(retours, this.tray, transmissions, decisions, clock);
    const decided = { transmissions, envois: this.envois, collectivites, decisions };
    const applyDecision = new ApplyDecision(decided, signal, clock, ids);
    const target = new FindTarget(transmissions, correspondances);
    const { handle } = this;
    this.decide = new DecideRetour(retours, decisions, { handle, target, apply: applyDecision }, clock, ids);
    this.settle = new SettleDecision(
      { decisions, retours, transmissions },
      { handle, apply: applyDecision },
      clock,
    );
    this.publish = new PublishDeliberation(
      { deliberations, publications, collectivites, transmissions },
      clock,
    );
    this.requestClassification = new RequestClassification(
      transmissions,
      classifications,
      collectivites,
      clock,
      ids,
    );
    this.resubmitOutdated = new ResubmitOutdated(transmissions, collectivites, clock);
    this.annulation = new RequestAnnulation(transmissions, clock, ids);
    this.steer = new SteerTransmission(transmissions, clock);
    this.reponses = new SteerReponse(correspondances, this.answer, this.steer, this.resolve);
    this.file = new FileCourrier(correspondances, this.answer, clock);
    this.sweep = new SweepDeadlines(transmissions, { ...TIMINGS, forgottenMs: 120_000 }, clock);
  }

  /** Dépose le dossier de référence, ou ce que le test en change. */
  depositReference(
    changes: Readonly<Record<string, unknown>> = {},
    cle: string | null = null,
  ): Promise<Result<DepositAnswer>> {
    const fichiers = ['extrait.pdf', 'convention.pdf'].map((nomFichier) => ({
      nomFichier,
      ...this.documents.keep(aPdf(nomFichier)),
    }));
    const dossier = aDossier(changes);
    const idempotency = cle === null ? null : { cle, empreinteDemande: JSON.stringify(dossier) };
    return this.deposit.execute({ compte: aCompte(), dossier, fichiers, idempotency });
  }

  /** Fait les travaux demandés, sauf ceux datés de plus tard. @returns les issues, dans l'ordre. */
  async runJobs(): Promise<readonly JobOutcome[]> {
    const outcomes: JobOutcome[] = [];
    for (; this.done < this.ledger.outbox.length; this.done += 1) {
      const message = this.ledger.outbox[this.done];
      if (!message) break;
      if (message.notBefore !== null && message.notBefore > this.clock.now()) continue;
      outcomes.push(await this.run(message));
    }
    return outcomes;
  }

  run(message: OutboxMessage): Promise<JobOutcome> {
    switch (message.job) {
      case 'seal-enveloppe':
        return this.seal.execute(message.targetId as TransmissionId);
      case 'submit-enveloppe':
        return this.submit.execute(message.targetId as TransmissionId);
      case 'reconcile-envoi':
        return this.reconcile.execute(message.targetId as TransmissionId);
      case 'apply-retour':
        return this.apply.execute(message.targetId as RetourId);
      case 'request-classification':
        return this.requestClassification.execute(
          message.targetId as CollectiviteId,
          'Date nommée par la préfecture.',
        );
      case 'resubmit-outdated':
        return this.resubmitOutdated.execute(message.targetId as TransmissionId);
      case 'track-publication':
        return this.publish.follow(message.targetId as DeliberationId).then(() => ({ kind: 'done' }));
    }
  }

  /** Les retours livrés sont relevés puis appliqués. */
  async receive(sourceId: string, nom: string, bytes: Buffer): Promise<void> {
    this.prefecture.deliver(sourceId, nom, bytes);
    await this.collect.execute();
    await this.runJobs();
  }

  /** La seule transmission, ou celle de ce rang. */
  transmission(index = 0): Transmission {
    const found = [...this.ledger.transmissions.values()][index];
    if (!found) throw new Error('aucune transmission');
    return found;
  }

  /** La délibération de la première transmission. */
  deliberationId(): DeliberationId {
    const { deliberationId } = this.transmission();
    if (!deliberationId) throw new Error('transmission sans délibération');
    return deliberationId;
  }

  retourStates(): readonly string[] {
    return [...this.ledger.retours.values()].map((retour) => retour.state);
  }
}
