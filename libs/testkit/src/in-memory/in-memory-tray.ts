import type {
  Page,
  Retour,
  RetourId,
  TrayCriteria,
  TrayReadings,
  TrayRetour,
} from '@teletransmission/teletransmission';
import type { InMemoryLedger } from './in-memory-ledger';

export class InMemoryTray implements TrayReadings {
  constructor(private readonly ledger: InMemoryLedger) {}

  find(id: RetourId): Promise<TrayRetour | null> {
    const retour = this.ledger.retours.get(id);
    return Promise.resolve(retour ? this.viewOf(retour) : null);
  }

  list(criteria: TrayCriteria, after: string | null, limit: number): Promise<Page<TrayRetour>> {
    const matching = [...this.ledger.retours.values()]
      .map((retour) => this.viewOf(retour))
      .filter(({ state }) => criteria.etat === undefined || state === criteria.etat)
      .filter((view) => criteria.collectiviteId === null || view.collectiviteId === criteria.collectiviteId)
      .filter(({ id }) => after === null || id > after);
    const items = matching.slice(0, limit);
    return Promise.resolve({ items, next: matching.length > limit ? (items.at(-1)?.id ?? null) : null });
  }

  private viewOf({ id, nom, empreinte, tailleOctets, recuLe, state, remarques }: Retour): TrayRetour {
    const settled = this.ledger.settlements.get(id);
    return {
      id,
      nom,
      empreinte,
      tailleOctets,
      recuLe,
      state,
      remarques,
      flux: settled?.flux ?? null,
      code: settled?.code ?? null,
      detail: settled?.detail ?? null,
      collectiviteId: settled?.collectiviteId ?? null,
      transmissionId: settled?.transmissionId ?? null,
      isDecisionPending: this.ledger.proposedOn(id) !== null,
    };
  }
}
