import type {
  ApplyOutcome,
  AuditEntry,
  CorrespondanceRepository,
  DecidedWrites,
  Decision,
  DecisionCriteria,
  DecisionId,
  DecisionRepository,
  Page,
  Retour,
  RetourId,
  RetourRepository,
  TransmissionRepository,
} from '@teletransmission/teletransmission';
import type { InMemoryLedger } from './in-memory-ledger';

export interface DecidedBooks {
  readonly transmissions: TransmissionRepository;
  readonly correspondances: CorrespondanceRepository;
  readonly retours: RetourRepository;
}

export class InMemoryDecisions implements DecisionRepository {
  constructor(
    private readonly ledger: InMemoryLedger,
    private readonly books: DecidedBooks,
  ) {}

  find(id: DecisionId): Promise<Decision | null> {
    return Promise.resolve(this.ledger.decisions.get(id) ?? null);
  }

  findProposed(retourId: RetourId): Promise<Decision | null> {
    return Promise.resolve(this.ledger.proposedOn(retourId));
  }

  list(
    { retourId, etat, collectiviteId }: DecisionCriteria,
    after: string | null,
    limit: number,
  ): Promise<Page<Decision>> {
    const matching = [...this.ledger.decisions.values()]
      .filter((decision) => retourId === undefined || decision.retourId === retourId)
      .filter((decision) => etat === undefined || decision.state === etat)
      .filter((decision) => collectiviteId === null || decision.collectiviteId === collectiviteId)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .filter(({ id }) => after === null || id > after);
    const items = matching.slice(0, limit);
    return Promise.resolve({ items, next: matching.length > limit ? (items.at(-1)?.id ?? null) : null });
  }

  propose(decision: Decision, retour: Retour, audit: AuditEntry): Promise<boolean> {
    if (!this.isStill(retour) || this.ledger.proposedOn(retour.id)) return Promise.resolve(false);
    this.ledger.decisions.set(decision.id, decision);
    this.ledger.audit.push(audit);
    return Promise.resolve(true);
  }

  close(decision: Decision, audit: AuditEntry): Promise<boolean> {
    if (this.ledger.decisions.get(decision.id)?.state !== 'proposed') return Promise.resolve(false);
    this.ledger.decisions.set(decision.id, decision);
    this.ledger.audit.push(audit);
    return Promise.resolve(true);
  }

  async apply(decision: Decision, retour: Retour, writes: DecidedWrites): Promise<ApplyOutcome> {
    const proposed = this.ledger.proposedOn(retour.id);
    const isMine = decision.cloture ? proposed?.id === decision.id : proposed === null;
    if (!this.isStill(retour) || !isMine) return 'moved';
    // Posée avant d'écrire : deux confirmations simultanées ne passent pas toutes deux.
    this.ledger.decisions.set(decision.id, decision);
    if (await this.write(writes)) return 'applied';
    if (proposed) this.ledger.decisions.set(proposed.id, proposed);
    else this.ledger.decisions.delete(decision.id);
    return writes.kind === 'courrier' ? 'lettre-known' : 'moved';
  }

  private write(writes: DecidedWrites): Promise<boolean> {
    switch (writes.kind) {
      case 'changes':
        return this.books.transmissions.recordTogether(writes.changes);
      case 'courrier':
        return this.books.correspondances.receive(writes.courrier);
      case 'settlement':
        return this.books.retours.settle(writes.settlement);
    }
  }

  private isStill({ id, state, lecture }: Retour): boolean {
    const current = this.ledger.retours.get(id);
    return current?.state === state && current.lecture === lecture;
  }
}
