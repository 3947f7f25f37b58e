import type { CivilDate } from '@teletransmission/kernel';
import { civilDateAt, daysBetween } from '@teletransmission/kernel';
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
import type { Books } from './ledger-dossiers';
import { courriersOf } from './ledger-courriers';
import type { PageKey } from '../paging/pages';
import { inKeyOrder, pageAfter } from '../paging/pages';
import type { StoredCourrier } from './stored';

const RANGS: Readonly<Record<CorrespondanceState, number>> = {
  received: 0,
  answering: 1,
  noted: 2,
  answered: 3,
  filed: 3,
  taken: 3,
};
const ORIGIN = '2000-01-01' as CivilDate;
const WITHOUT_ECHEANCE = 1_000_000;

/** Celles qui attendent vont par échéance, les autres de la plus récente à la plus ancienne. */
function urgencyOf({ state, echeance, recueLe, id }: CourrierView): PageKey {
  const isWaiting = state === 'received' || state === 'answering';
  const day = isWaiting
    ? echeance === null
      ? WITHOUT_ECHEANCE
      : daysBetween(ORIGIN, echeance)
    : daysBetween(civilDateAt(recueLe, 'UTC'), ORIGIN);
  return [RANGS[state], day, id];
}

/** Les lettres en mémoire : celles des livres, s'il en a, et celles qu'on lui donne toutes faites. */
export class InMemoryCourriers implements CourrierReadings {
  readonly stored: StoredCourrier[] = [];

  constructor(private readonly books: Books | null = null) {}

  async list(
    { etat, siren, collectiviteId }: CourrierCriteria,
    after: string | null,
    limit: number,
  ): Promise<Page<CourrierView>> {
    const found = this.views().filter(
      (view) =>
        (etat === undefined || view.state === etat) &&
        (siren === undefined || view.collectivite.siren === siren) &&
        (collectiviteId === undefined || view.collectivite.id === collectiviteId),
    );
    const page = pageAfter(found, after, limit, {
      parts: ['number', 'number', 'string'],
      keyOf: urgencyOf,
    });
    return Promise.resolve(page);
  }

  courrier(id: CorrespondanceId): Promise<CourrierView | null> {
    return Promise.resolve(this.of(id)?.view ?? null);
  }

  ofDeliberation(id: string): Promise<readonly CourrierView[]> {
    const own = this.views().filter(({ deliberation }) => deliberation.id === id);
    return Promise.resolve(inKeyOrder(own, { keyOf: (view) => [view.recueLe, view.id] }));
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
    const here = this.views().filter(
      ({ state, collectivite }) =>
        state === 'received' && (collectiviteId === null || collectivite.id === collectiviteId),
    );
    const dates = here.flatMap(({ echeance }) => (echeance === null ? [] : [echeance])).sort();
    return Promise.resolve({ count: here.length, echeance: dates[0] ?? null });
  }

  find(id: CorrespondanceId): Promise<Correspondance | null> {
    return Promise.resolve(this.of(id)?.lettre ?? null);
  }

  private all(): readonly StoredCourrier[] {
    return [...this.stored, ...(this.books ? courriersOf(this.books) : [])];
  }

  private views(): readonly CourrierView[] {
    return this.all().map(({ view }) => view);
  }

  private of(id: string): StoredCourrier | undefined {
    return this.all().find(({ view }) => view.id === id);
  }
}
