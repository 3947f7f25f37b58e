import { MalformedCursor } from '@teletransmission/persistence';
import type {
  Correspondance,
  CorrespondanceId,
  CorrespondanceState,
  CourrierCount,
  CourrierCriteria,
  CourrierReadings,
  CourrierSource,
  CourrierView,
  HistoryEntry,
  Page,
  ReponseView,
} from '@teletransmission/teletransmission';

/** Une lettre et son dossier, tels que la base les porterait. */
export interface StoredCourrier {
  readonly view: CourrierView;
  readonly lettre: Correspondance;
  readonly reponses?: readonly ReponseView[];
  readonly source?: CourrierSource;
  readonly history?: readonly HistoryEntry[];
}

const ORDER: readonly CorrespondanceState[] = ['received', 'answering', 'noted', 'answered', 'taken'];

function urgency({ state, echeance, id }: CourrierView): string {
  return `${ORDER.indexOf(state)} ${echeance ?? '9999'} ${id}`;
}

/** Les lettres, en mémoire : mêmes réponses que la base, sur celles qu'on lui donne. */
export class InMemoryCourriers implements CourrierReadings {
  readonly stored: StoredCourrier[] = [];

  list(criteria: CourrierCriteria, after: string | null, limit: number): Promise<Page<CourrierView>> {
    const found = this.stored
      .map(({ view }) => view)
      .filter(
        (view) =>
          (criteria.etat === undefined || view.state === criteria.etat) &&
          (criteria.siren === undefined || view.collectivite.siren === criteria.siren) &&
          (criteria.collectiviteId === undefined || view.collectivite.id === criteria.collectiviteId),
      )
      .sort((a, b) => urgency(a).localeCompare(urgency(b)));
    const start = after === null ? 0 : found.findIndex(({ id }) => id === after) + 1;
    if (after !== null && start === 0) return Promise.reject(new MalformedCursor());
    const items = found.slice(start, start + limit);
    return Promise.resolve({
      items,
      next: found.length > start + limit ? (items.at(-1)?.id ?? null) : null,
    });
  }

  courrier(id: CorrespondanceId): Promise<CourrierView | null> {
    return Promise.resolve(this.of(id)?.view ?? null);
  }

  ofDeliberation(id: string): Promise<readonly CourrierView[]> {
    return Promise.resolve(
      this.stored.map(({ view }) => view).filter(({ deliberation }) => deliberation.id === id),
    );
  }

  reponses(id: CorrespondanceId): Promise<readonly ReponseView[]> {
    return Promise.resolve(this.of(id)?.reponses ?? []);
  }

  source(id: CorrespondanceId): Promise<CourrierSource | null> {
    return Promise.resolve(this.of(id)?.source ?? null);
  }

  history(id: CorrespondanceId): Promise<readonly HistoryEntry[]> {
    return Promise.resolve(this.of(id)?.history ?? []);
  }

  waiting(collectiviteId: string | null): Promise<CourrierCount> {
    const here = this.stored
      .map(({ view }) => view)
      .filter(
        ({ state, collectivite }) =>
          state === 'received' && (collectiviteId === null || collectivite.id === collectiviteId),
      );
    const dates = here.flatMap(({ echeance }) => (echeance === null ? [] : [echeance])).sort();
    return Promise.resolve({ count: here.length, echeance: dates[0] ?? null });
  }

  find(id: CorrespondanceId): Promise<Correspondance | null> {
    return Promise.resolve(this.of(id)?.lettre ?? null);
  }

  private of(id: string): StoredCourrier | undefined {
    return this.stored.find(({ view }) => view.id === id);
  }
}
