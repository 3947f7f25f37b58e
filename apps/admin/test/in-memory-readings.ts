import type { Instant } from '@teletransmission/kernel';
import { isOneOf } from '@teletransmission/kernel';
import { MalformedCursor } from '@teletransmission/persistence';
import type {
  AcknowledgementCriteria,
  ActeReference,
  CollectiviteId,
  DeliberationId,
  DeliberationView,
  EnvoiView,
  HistoryEntry,
  Page,
  PieceView,
  Readings,
  RetourView,
  StateCount,
  TravailView,
  TrayCount,
} from '@teletransmission/teletransmission';
import {
  comparableNumero,
  COUNTED_AT_MOST,
  ONGOING_TRANSMISSION_STATES,
  searchableText,
  TRANSMISSION_STATES,
} from '@teletransmission/teletransmission';

/** Un dossier entier, tel que la base le porterait. */
export interface StoredDossier {
  readonly view: DeliberationView;
  readonly pieces?: readonly PieceView[];
  readonly envois?: readonly EnvoiView[];
  readonly retours?: readonly RetourView[];
  readonly history?: readonly HistoryEntry[];
  readonly travaux?: readonly TravailView[];
}

const bounded = (count: number): number => Math.min(count, COUNTED_AT_MOST + 1);

function earliest(instants: readonly Instant[]): Instant | null {
  return [...instants].sort()[0] ?? null;
}

function pageAfter<T>(
  rows: readonly T[],
  after: string | null,
  limit: number,
  keyOf: (row: T) => string,
): Page<T> {
  const start = after === null ? 0 : rows.findIndex((row) => keyOf(row) === after) + 1;
  if (after !== null && start === 0) throw new MalformedCursor();
  const items = rows.slice(start, start + limit);
  const last = items.at(-1);
  return { items, next: rows.length > start + limit && last !== undefined ? keyOf(last) : null };
}

function answers(view: DeliberationView, reference: ActeReference): boolean {
  switch (reference.kind) {
    case 'id':
      return view.id === reference.id || view.transmission.id === reference.id;
    case 'identifiant':
      return view.identifiantActe === reference.identifiant;
    case 'numero':
      return comparableNumero(view.numeroInterne) === reference.texte;
    case 'partie':
      return comparableNumero(view.identifiantActe).includes(reference.texte);
  }
}

function matches(view: DeliberationView, criteria: AcknowledgementCriteria): boolean {
  const words = searchableText(criteria.mots ?? '')
    .split(' ')
    .filter((word) => word !== '');
  const { du, au } = criteria.decision ?? {};
  return [
    criteria.collectiviteId === undefined || view.collectivite.id === criteria.collectiviteId,
    criteria.siren === undefined || view.collectivite.siren === criteria.siren,
    criteria.reference === undefined || answers(view, criteria.reference),
    criteria.etat === undefined || view.transmission.state === criteria.etat,
    criteria.enRetard !== true || view.transmission.isOverdue,
    criteria.nonPubliee !== true || view.publication.state === 'unpublished',
    criteria.matiere === undefined || `${view.matiere}.`.startsWith(`${criteria.matiere}.`),
    du === undefined || view.dateDecision >= du,
    au === undefined || view.dateDecision <= au,
    words.every((word) =>
      searchableText(view.objet)
        .split(' ')
        .some((known) => known.startsWith(word)),
    ),
  ].every(Boolean);
}

/** Les lectures, en mémoire : mêmes réponses que la base, sur les dossiers qu'on lui donne. */
export class InMemoryReadings implements Readings {
  readonly dossiers: StoredDossier[] = [];
  readonly trayRetours: RetourView[] = [];

  view(id: DeliberationId): Promise<DeliberationView | null> {
    return Promise.resolve(this.find(id)?.view ?? null);
  }

  pieces(id: DeliberationId): Promise<readonly PieceView[]> {
    return Promise.resolve(this.find(id)?.pieces ?? []);
  }

  envois(id: DeliberationId): Promise<readonly EnvoiView[]> {
    return Promise.resolve(this.find(id)?.envois ?? []);
  }

  retours(id: DeliberationId): Promise<readonly RetourView[]> {
    return Promise.resolve(this.find(id)?.retours ?? []);
  }

  async search(
    criteria: AcknowledgementCriteria,
    after: string | null,
    limit: number,
  ): Promise<Page<DeliberationView>> {
    const found = this.dossiers
      .map(({ view }) => view)
      .filter((view) => matches(view, criteria))
      .sort((a, b) => b.id.localeCompare(a.id));
    return Promise.resolve(pageAfter(found, after, limit, ({ id }) => id));
  }

  counts(collectiviteId: CollectiviteId | null): Promise<readonly StateCount[]> {
    const visible = this.dossiers.filter(
      ({ view }) => collectiviteId === null || view.collectivite.id === collectiviteId,
    );
    const counts = TRANSMISSION_STATES.map((state) => {
      const views = visible.map(({ view }) => view).filter((view) => view.transmission.state === state);
      const here = views.map(({ transmission }) => transmission);
      const unpublished = views.filter(
        ({ publication }) => state === 'acknowledged' && publication.state === 'unpublished',
      );
      const overdue = here.filter(({ isOverdue }) => isOverdue);
      return {
        state,
        count: bounded(here.length),
        oldestSince: isOneOf(ONGOING_TRANSMISSION_STATES, state)
          ? earliest(here.map(({ since }) => since))
          : null,
        overdue: bounded(overdue.length),
        oldestOverdueSince: earliest(overdue.map(({ since }) => since)),
        unpublished: bounded(unpublished.length),
        oldestUnpublishedSince: earliest(unpublished.map(({ transmission }) => transmission.since)),
      };
    });
    return Promise.resolve(counts.filter(({ count }) => count > 0));
  }

  trayCounts(): Promise<readonly TrayCount[]> {
    const states = [...new Set(this.trayRetours.map(({ state }) => state))];
    return Promise.resolve(
      states.map((state) => {
        const here = this.trayRetours.filter((retour) => retour.state === state);
        const oldestRecuLe = here.map(({ recuLe }) => recuLe).reduce((a, b) => (a < b ? a : b));
        return { state, count: here.length, oldestRecuLe };
      }),
    );
  }

  async tray(after: string | null, limit: number): Promise<Page<RetourView>> {
    const waiting = this.trayRetours.filter(({ state }) =>
      ['unmatched', 'contradictory', 'unreadable'].includes(state),
    );
    return Promise.resolve(pageAfter(waiting, after, limit, ({ id }) => id));
  }

  retour(id: string): Promise<RetourView | null> {
    const all = [...this.trayRetours, ...this.dossiers.flatMap(({ retours = [] }) => retours)];
    return Promise.resolve(all.find((retour) => retour.id === id) ?? null);
  }

  travaux(id: DeliberationId): Promise<readonly TravailView[]> {
    return Promise.resolve(this.find(id)?.travaux ?? []);
  }

  deliberationOf(targetId: string): Promise<DeliberationId | null> {
    const found = this.dossiers.find(
      ({ view, retours = [] }) =>
        view.id === targetId ||
        view.transmission.id === targetId ||
        retours.some(({ id }) => id === targetId),
    );
    return Promise.resolve((found?.view.id ?? null) as DeliberationId | null);
  }

  async historyOf(id: DeliberationId, after: string | null, limit: number): Promise<Page<HistoryEntry>> {
    return Promise.resolve(pageAfter(this.find(id)?.history ?? [], after, limit, ({ rang }) => String(rang)));
  }

  async historyOfCollectivite(
    id: CollectiviteId,
    after: string | null,
    limit: number,
  ): Promise<Page<HistoryEntry>> {
    const entries = this.dossiers
      .flatMap(({ history = [] }) => history)
      .filter(({ chaine }) => chaine === (id as string));
    return Promise.resolve(pageAfter(entries, after, limit, ({ rang }) => String(rang)));
  }

  private find(id: string): StoredDossier | undefined {
    return this.dossiers.find(({ view }) => view.id === id);
  }
}
