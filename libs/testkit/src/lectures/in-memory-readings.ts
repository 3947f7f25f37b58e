import type { Instant } from '@teletransmission/kernel';
import { isOneOf } from '@teletransmission/kernel';
import type {
  AcknowledgementCriteria,
  CollectiviteId,
  DeliberationId,
  DeliberationView,
  EnvoiView,
  HistoryEntry,
  Page,
  PieceView,
  Readings,
  RetourState,
  RetourView,
  StateCount,
  TravailView,
  TrayCount,
} from '@teletransmission/teletransmission';
import {
  COUNTED_AT_MOST,
  ONGOING_TRANSMISSION_STATES,
  TRANSMISSION_STATES,
  TRAY_STATES,
} from '@teletransmission/teletransmission';
import { InMemoryTray } from '../in-memory/in-memory-tray';
import type { Books } from './ledger-dossiers';
import { dossiersOf, retourViewOf } from './ledger-dossiers';
import { historyOfJournal } from './ledger-history';
import { matchesCriteria } from './matches-criteria';
import type { PageOrder } from '../paging/pages';
import { pageAfter } from '../paging/pages';
import type { StoredDossier } from './stored';

const BY_ID: PageOrder<{ readonly id: string }> = { parts: ['string'], keyOf: ({ id }) => [id] };
const BY_RANG: PageOrder<HistoryEntry> = { parts: ['number'], keyOf: ({ rang }) => [rang] };
const WAITING: readonly RetourState[] = ['received', ...TRAY_STATES];

const bounded = (count: number): number => Math.min(count, COUNTED_AT_MOST + 1);

function earliest(instants: readonly Instant[]): Instant | null {
  return [...instants].sort()[0] ?? null;
}

function countOf(state: StateCount['state'], views: readonly DeliberationView[]): StateCount {
  const since = (some: readonly DeliberationView[]): Instant | null =>
    earliest(some.map(({ transmission }) => transmission.since));
  const overdue = views.filter(({ transmission }) => transmission.isOverdue);
  const unpublished = views.filter(
    ({ publication }) => state === 'acknowledged' && publication.state === 'unpublished',
  );
  return {
    state,
    count: bounded(views.length),
    oldestSince: isOneOf(ONGOING_TRANSMISSION_STATES, state) ? since(views) : null,
    overdue: bounded(overdue.length),
    oldestOverdueSince: since(overdue),
    unpublished: bounded(unpublished.length),
    oldestUnpublishedSince: since(unpublished),
  };
}

/** Les lectures en mémoire : sur les livres, s'il en a, et sur les dossiers qu'on lui donne tout faits. */
export class InMemoryReadings implements Readings {
  readonly dossiers: StoredDossier[] = [];
  readonly trayRetours: RetourView[] = [];

  constructor(private readonly books: Books | null = null) {}

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
    const found = this.all()
      .map(({ view }) => view)
      .filter((view) => matchesCriteria(view, criteria));
    return Promise.resolve(pageAfter(found, after, limit, { ...BY_ID, isDescending: true }));
  }

  counts(collectiviteId: CollectiviteId | null): Promise<readonly StateCount[]> {
    const views = this.all()
      .map(({ view }) => view)
      .filter(({ collectivite }) => collectiviteId === null || collectivite.id === collectiviteId);
    const counts = TRANSMISSION_STATES.map((state) =>
      countOf(
        state,
        views.filter(({ transmission }) => transmission.state === state),
      ),
    );
    return Promise.resolve(counts.filter(({ count }) => count > 0));
  }

  trayCounts(): Promise<readonly TrayCount[]> {
    const counts = WAITING.flatMap((state) => {
      const here = this.allRetours().filter((retour) => retour.state === state);
      const oldestRecuLe = earliest(here.map(({ recuLe }) => recuLe));
      return oldestRecuLe === null ? [] : [{ state, count: here.length, oldestRecuLe }];
    });
    return Promise.resolve(counts);
  }

  async tray(after: string | null, limit: number): Promise<Page<RetourView>> {
    const tray: readonly RetourState[] = TRAY_STATES;
    const waiting = this.allRetours().filter(({ state }) => tray.includes(state));
    return Promise.resolve(pageAfter(waiting, after, limit, BY_ID));
  }

  retour(id: string): Promise<RetourView | null> {
    const all = [...this.allRetours(), ...this.dossiers.flatMap(({ retours = [] }) => retours)];
    return Promise.resolve(all.find((retour) => retour.id === id) ?? null);
  }

  travaux(id: DeliberationId): Promise<readonly TravailView[]> {
    return Promise.resolve(this.find(id)?.travaux ?? []);
  }

  deliberationOf(targetId: string): Promise<DeliberationId | null> {
    const found = this.all().find(({ view, retours = [], transmissionIds = [] }) =>
      [view.id, view.transmission.id, ...transmissionIds, ...retours.map(({ id }) => id)].includes(targetId),
    );
    return Promise.resolve((found?.view.id ?? null) as DeliberationId | null);
  }

  async historyOf(id: DeliberationId, after: string | null, limit: number): Promise<Page<HistoryEntry>> {
    return Promise.resolve(pageAfter(this.find(id)?.history ?? [], after, limit, BY_RANG));
  }

  async historyOfCollectivite(
    id: CollectiviteId,
    after: string | null,
    limit: number,
  ): Promise<Page<HistoryEntry>> {
    const entries = [
      ...this.dossiers.flatMap(({ history = [] }) => history),
      ...(this.books ? historyOfJournal(this.books.ledger.audit) : []),
    ].filter(({ chaine }) => chaine === (id as string));
    return Promise.resolve(pageAfter(entries, after, limit, BY_RANG));
  }

  private all(): readonly StoredDossier[] {
    return [...this.dossiers, ...(this.books ? dossiersOf(this.books) : [])];
  }

  private allRetours(): readonly RetourView[] {
    const own = this.books ? new InMemoryTray(this.books.ledger).all() : [];
    return [...this.trayRetours, ...own.map(retourViewOf)];
  }

  private find(id: string): StoredDossier | undefined {
    return this.all().find(({ view }) => view.id === id);
  }
}
