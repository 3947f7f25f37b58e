import type {
  Page,
  Retour,
  RetourId,
  TrayCriteria,
  TrayReadings,
  TrayRetour,
} from '@teletransmission/teletransmission';
import type { InMemoryLedger } from './in-memory-ledger';
import { pageAfter } from '../paging/pages';

export class InMemoryTray implements TrayReadings {
  constructor(private readonly ledger: InMemoryLedger) {}

  find(id: RetourId): Promise<TrayRetour | null> {
    const retour = this.ledger.retours.get(id);
    return Promise.resolve(retour ? this.viewOf(retour) : null);
  }

  async list(criteria: TrayCriteria, after: string | null, limit: number): Promise<Page<TrayRetour>> {
    const matching = this.all()
      .filter(({ state }) => criteria.etat === undefined || state === criteria.etat)
      .filter((view) => criteria.collectiviteId === null || view.collectiviteId === criteria.collectiviteId);
    return Promise.resolve(pageAfter(matching, after, limit, { parts: ['string'], keyOf: ({ id }) => [id] }));
  }

  /** Tous, tels qu'ils se lisent. */
  all(): readonly TrayRetour[] {
    return [...this.ledger.retours.values()].map((retour) => this.viewOf(retour));
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
