import type { Result } from '@teletransmission/kernel';
import type {
  DeliberationId,
  DepositAnswer,
  JobOutcome,
  OutboxMessage,
  Transmission,
} from '@teletransmission/teletransmission';
import {
  assembleCircuit,
  assembleJobs,
  assembleRequests,
  RETRY_POLICY,
} from '@teletransmission/teletransmission';
import { aCompte } from '../builders/a-compte';
import { aDossier } from '../builders/a-dossier';
import { SEUILS } from '../contracts/alerte-contract';
import { aPdf } from '../documents/a-pdf';
import { InMemoryPorts } from './in-memory-ports';

export const TIMINGS = {
  leaseMs: 60_000,
  ackDeadlineMs: 86_400_000,
  settleMs: 120_000,
  askAgainMs: 600_000,
  forgottenMs: 120_000,
  retry: RETRY_POLICY,
} as const;

export const CIRCUIT_POLICY = {
  failures: 3,
  periodMs: 600_000,
  firstDelayMs: 30_000,
  maxDelayMs: 900_000,
  probeLeaseMs: 240_000,
} as const;

/** Ce que les essais règlent du service, en mémoire ou sur PostgreSQL. */
export const POLICIES = {
  operateur: { trigramme: 'TLT', quadrigramme: 'TACT', adresseRetour: 'retour@operateur.example.org' },
  circuit: CIRCUIT_POLICY,
  timings: TIMINGS,
  seuils: SEUILS,
} as const;

/** Tout le service en mémoire, sans file : `runJobs` fait, dans l'ordre, ce que la boîte d'envoi demande. */
export class InMemoryService extends InMemoryPorts {
  readonly circuit = assembleCircuit(this, CIRCUIT_POLICY, this.clock);
  private readonly requests = assembleRequests(this, POLICIES, this);
  private readonly work = assembleJobs(this, POLICIES, this);
  readonly deposit = this.requests.deposit;
  readonly correct = this.requests.correct;
  readonly annulation = this.requests.annulation;
  readonly resolve = this.requests.resolve;
  readonly steer = this.requests.steer;
  readonly answer = this.requests.answer;
  readonly file = this.requests.file;
  readonly take = this.requests.take;
  readonly reponses = this.requests.reponses;
  readonly handle = this.requests.handle;
  readonly decide = this.requests.decide;
  readonly settle = this.requests.settle;
  readonly publish = this.requests.publish;
  readonly requestClassification = this.requests.requestClassification;
  readonly regulate = this.requests.regulate;
  readonly bind = this.requests.bindCollectivite;
  readonly seal = this.work.seal;
  readonly submit = this.work.submit;
  readonly reconcile = this.work.reconcile;
  readonly resubmitOutdated = this.work.resubmitOutdated;
  readonly collect = this.work.collect;
  readonly apply = this.work.apply;
  readonly sweep = this.work.sweep;
  private done = 0;

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

  run({ job, targetId }: OutboxMessage): Promise<JobOutcome> {
    return this.work.jobs[job](targetId);
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
