import type {
  AuditEntry,
  Constat,
  ConstatRepository,
  Transmission,
} from '@teletransmission/teletransmission';
import type { InMemoryLedger } from './in-memory-ledger';

export class InMemoryConstats implements ConstatRepository {
  constructor(private readonly ledger: InMemoryLedger) {}

  keep(constat: Constat, audit: AuditEntry): Promise<boolean> {
    const at = this.ledger.constats.findIndex(
      (known) =>
        known.transmissionId === constat.transmissionId &&
        known.cycle === constat.cycle &&
        known.turn === constat.turn &&
        known.compteId === constat.compteId,
    );
    if (this.ledger.constats[at]?.constat === constat.constat) return Promise.resolve(false);
    if (at >= 0) this.ledger.constats.splice(at, 1);
    this.ledger.constats.push(constat);
    this.ledger.audit.push(audit);
    return Promise.resolve(true);
  }

  listOf({ id, cycle, turn }: Pick<Transmission, 'id' | 'cycle' | 'turn'>): Promise<readonly Constat[]> {
    return Promise.resolve(
      this.ledger.constats.filter(
        (known) => known.transmissionId === id && known.cycle === cycle && known.turn === turn,
      ),
    );
  }
}
