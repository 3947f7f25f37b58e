import type { Siren } from '@teletransmission/actes';
import { civilDate } from '@teletransmission/kernel';
import type {
  DeliberationId,
  Page,
  RetourState,
  Transmission,
  TransmissionId,
} from '@teletransmission/teletransmission';
import { aTransmission } from '@teletransmission/testkit';
import { v7 } from 'uuid';
import { freshDatabase } from '../../test/fresh-database';
import type { FreshDatabase } from '../../test/fresh-database';
import { anAuditEntry, NOW, TestLedger } from '../../test/test-ledger';
import { encodeCursor } from '../paging/cursor';

let database: FreshDatabase;
let ledger: TestLedger;
beforeEach(async () => {
  database = await freshDatabase();
  ledger = await TestLedger.open(database.dataSource);
});
afterEach(() => database.close());

/** Toutes les pages, `between` ayant lieu entre deux. */
async function walk<T>(
  read: (after: string | null) => Promise<Page<T>>,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<readonly (readonly T[])[]> {
  const pages: (readonly T[])[] = [];
  let after: string | null = null;
  do {
    const page: Page<T> = await read(after);
    pages.push(page.items);
    after = page.next;
    await between();
  } while (after !== null);
  return pages;
}

describe('les pages', () => {
  it('d’une recherche vont du dernier dépôt au premier, sans trou ni double, pendant qu’on dépose', async () => {
    for (let n = 0; n < 10; n += 1) await ledger.deposit();
    const { items: all } = await ledger.readings.search({}, null, 100);
    const pages = await walk(
      (after) => ledger.readings.search({}, after, 3),
      () => ledger.deposit(),
    );
    expect(pages.map((page) => page.length)).toEqual([3, 3, 3, 1]);
    expect(pages.flat().map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(all.map(({ numeroInterne }) => numeroInterne)).toEqual(
      [10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map((n) => `N${n}`),
    );
  });

  it('n’annoncent pas de suite quand la dernière est pleine', async () => {
    for (let n = 0; n < 4; n += 1) await ledger.deposit();
    const pages = await walk((after) => ledger.readings.search({}, after, 2));
    expect(pages.map((page) => page.length)).toEqual([2, 2]);
  });

  it('de l’historique suivent la chaîne, pendant qu’elle s’allonge', async () => {
    const { transmission, deliberation } = await ledger.transmitted();
    await ledger.transmitted();
    const { id } = ledger.collectivite;
    const rangs = (
      await walk(
        (after) => ledger.readings.historyOfCollectivite(id, after, 3),
        () => ledger.receive(),
      )
    )
      .flat()
      .map(({ rang }) => rang);
    expect(rangs).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    await ledger.acknowledge(transmission, civilDate('2022-11-03'));
    const ours = (await walk((after) => ledger.readings.historyOf(deliberation.id, after, 2))).flat();
    expect(ours.map(({ evenement }) => evenement)).toEqual([
      'deposited',
      'enveloppe-sealed',
      'envoi-opened',
      'envoi-accepted',
      'ar-received',
    ]);
    expect(ours.at(-1)).toMatchObject({
      acteur: 'prefecture',
      etatAvant: 'awaiting-ack',
      etatApres: 'acknowledged',
      instant: NOW,
    });
  });

  it('refusent un curseur qui n’est pas des leurs', async () => {
    const { id } = ledger.collectivite;
    const foreign = [
      encodeCursor([1, 2]),
      encodeCursor(['pas-un-uuid']),
      encodeCursor(["'; DROP TABLE retours"]),
    ];
    for (const cursor of ['', 'n’importe quoi', ...foreign]) {
      await expect(ledger.readings.search({}, cursor, 3)).rejects.toThrow('cursor/malformed');
      await expect(ledger.readings.tray(cursor, 3)).rejects.toThrow('cursor/malformed');
      await expect(ledger.readings.historyOfCollectivite(id, cursor, 3)).rejects.toThrow('cursor/malformed');
    }
  });
});

describe('le bac', () => {
  async function settled(to: RetourState): Promise<string> {
    const retour = await ledger.receive();
    const audit = anAuditEntry({
      sujetId: retour.id,
      evenement: `retour-${to}`,
      etatAvant: 'received',
      etatApres: to,
    });
    const nothing = { flux: '1-2', collectiviteId: null, transmissionId: null } as const;
    await ledger.retours.settle({
      retour,
      to,
      ...nothing,
      code: 'retour/act-unknown',
      detail: 'inconnu',
      audit,
    });
    return retour.id;
  }

  it('montre ce qui demande une personne, du plus ancien au plus récent, par pages', async () => {
    await ledger.receive();
    const expected = [
      await settled('unmatched'),
      await settled('contradictory'),
      await settled('unreadable'),
    ];
    await settled('duplicate');
    expected.push(await settled('unmatched'));
    const pages = await walk((after) => ledger.readings.tray(after, 3));
    expect(pages.flat().map(({ id }) => id)).toEqual(expected);
    expect(pages.map((page) => page.length)).toEqual([3, 1]);
    expect(pages[0]?.[0]).toMatchObject({
      state: 'unmatched',
      code: 'retour/act-unknown',
      detail: 'inconnu',
      flux: '1-2',
    });
  });

  it('compte par état ce qui attend, avec l’arrivée du plus ancien', async () => {
    await settled('unmatched');
    await settled('unmatched');
    await settled('duplicate');
    await ledger.receive({ recuLe: '2022-11-01T00:00:00.000Z' as typeof NOW });
    const counts = await ledger.readings.trayCounts();
    expect([...counts].sort((a, b) => (a.state < b.state ? -1 : 1))).toEqual([
      { state: 'received', count: 1, oldestRecuLe: '2022-11-01T00:00:00.000Z' },
      { state: 'unmatched', count: 2, oldestRecuLe: NOW },
    ]);
  });
});

describe('les comptages', () => {
  it('disent par état le nombre, le plus ancien et le retard, d’une collectivité ou de toutes', async () => {
    await ledger.deposit();
    await ledger.deposit();
    const later = '2022-11-03T09:00:00.000Z' as typeof NOW;
    const { transmission } = await ledger.transmitted({}, later);
    await ledger.happen(transmission, { event: 'ack-deadline-passed', patch: { isOverdue: true } });
    await ledger.transmitted({}, NOW);
    const other = await TestLedger.open(database.dataSource, { siren: '213402799' as Siren });
    await other.deposit();
    const byState = async (id: string | null): Promise<unknown> =>
      Object.fromEntries(
        (await ledger.readings.counts(id as never)).map(({ state, ...rest }) => [state, rest]),
      );
    const published = { unpublished: 0, oldestUnpublishedSince: null };
    const waiting = { count: 2, oldestSince: NOW, overdue: 1, oldestOverdueSince: later, ...published };
    const queued = { oldestSince: NOW, overdue: 0, oldestOverdueSince: null, ...published };
    expect(await byState(ledger.collectivite.id)).toEqual({
      queued: { ...queued, count: 2 },
      'awaiting-ack': waiting,
    });
    expect(await byState(null)).toEqual({ queued: { ...queued, count: 3 }, 'awaiting-ack': waiting });
  });

  it('disent combien d’acquittées restent à publier, depuis quand, et les retrouvent', async () => {
    const mine = await TestLedger.open(database.dataSource, { siren: '213402787' as Siren });
    const acknowledged: DeliberationId[] = [];
    for (let n = 0; n < 3; n += 1) {
      const { transmission, deliberation } = await mine.transmitted();
      await mine.acknowledge(transmission, civilDate('2022-11-04'));
      acknowledged.push(deliberation.id);
    }
    await mine.transmitted();
    const [first, second, published] = acknowledged;
    const publication = await mine.publications.find(published as DeliberationId);
    if (!publication) throw new Error('sans publication');
    await mine.publications.record({
      publication,
      to: 'published',
      datePublication: civilDate('2022-11-04'),
      adresse: 'https://commune.example/62',
      declaration: null,
      audit: anAuditEntry({
        collectiviteId: mine.collectivite.id,
        sujet: 'publication',
        sujetId: publication.deliberationId,
        evenement: 'published-automatically',
        etatAvant: 'unpublished',
        etatApres: 'published',
      }),
    });
    const counts = await mine.readings.counts(mine.collectivite.id);
    expect(counts.find(({ state }) => state === 'acknowledged')).toMatchObject({
      count: 3,
      unpublished: 2,
      oldestUnpublishedSince: NOW,
    });
    expect(counts.find(({ state }) => state === 'awaiting-ack')).toMatchObject({ count: 1, unpublished: 0 });
    const { id: collectiviteId } = mine.collectivite;
    const found = await mine.readings.search(
      { collectiviteId, etat: 'acknowledged', nonPubliee: true },
      null,
      9,
    );
    expect(found.items.map(({ id }) => id)).toEqual([second, first]);
  });
});

describe('une délibération', () => {
  it('se montre avec ses deux vies, ses envois, ses pièces, ses retours et ses travaux', async () => {
    const { deliberation, transmission } = await ledger.transmitted();
    const retour = await ledger.receive();
    const { collectiviteId, id } = deliberation;
    const audit = anAuditEntry({
      collectiviteId,
      deliberationId: id,
      sujetId: retour.id,
      evenement: 'retour-applied',
      etatAvant: 'received',
      etatApres: 'applied',
    });
    await ledger.happen(transmission, {
      event: 'ar-received',
      patch: { dateReception: civilDate('2022-11-03') },
      effects: [{ kind: 'apply-retour', retourId: retour.id, flux: '1-2', audit }],
    });
    expect(await ledger.readings.view(id)).toMatchObject({
      id,
      dateDecision: '2022-10-20',
      deposeeLe: NOW,
      transmission: {
        state: 'acknowledged',
        dateReception: '2022-11-03',
        teletransmiseLe: NOW,
        stopReason: null,
      },
      publication: { state: 'unpublished', datePublication: null, automatique: false },
      archive: { nom: 'TLT-TACT--213402761--20221102-1.tar.gz', tailleOctets: 12 },
    });
    expect(await ledger.readings.pieces(id)).toEqual(deliberation.pieces);
    expect(await ledger.readings.envois(id)).toMatchObject([
      { turn: 1, ouvertLe: NOW, closLe: NOW, outcome: 'accepted' },
    ]);
    expect(await ledger.readings.retours(id)).toMatchObject([
      { id: retour.id, state: 'applied', flux: '1-2' },
    ]);
    const travaux = await ledger.readings.travaux(id);
    expect(travaux.map(({ job }) => job)).toEqual([
      'seal-enveloppe',
      'submit-enveloppe',
      'apply-retour',
      'track-publication',
    ]);
    for (const target of [id, transmission.id, retour.id])
      expect(await ledger.readings.deliberationOf(target)).toBe(id);
  });

  it('dit ce qu’on sait de son départ, quoi qu’il en soit advenu depuis', async () => {
    const departOf = async ({ deliberationId }: Transmission): Promise<string | undefined> =>
      deliberationId ? (await ledger.readings.view(deliberationId))?.transmission.depart : undefined;
    const { transmission: queued } = await ledger.deposit();
    expect(await departOf(queued)).toBe('aucun');
    const sending = await ledger.send(await ledger.seal(queued));
    expect(await departOf(sending)).toBe('incertain');
    const deferred = await ledger.happen(sending, {
      event: 'envoi-deferred',
      effects: [{ kind: 'close-envoi', outcome: 'deferred', code: 'http/503', detail: null }],
    });
    expect(await departOf(deferred)).toBe('sans-effet');
    const accepted = await ledger.accept(await ledger.send(deferred));
    const rejected = await ledger.happen(accepted, { event: 'anomalie-received' });
    const again = await ledger.happen(rejected, {
      event: 'resubmitted',
      patch: { cycle: 2, turn: 0, enveloppeId: null, teletransmiseLe: null },
    });
    const withdrawn = await ledger.happen(again, { event: 'withdrawn' });
    expect(await departOf(withdrawn)).toBe('pris');
    await database.owner.query('ALTER TABLE transmissions DISABLE TRIGGER transmissions_transition');
    const { transmission: restored } = await ledger.deposit();
    await database.owner.query('UPDATE transmissions SET image_du = since, image_cycle = 1 WHERE id = $1', [
      restored.id,
    ]);
    expect(await departOf(restored)).toBe('incertain');
  });

  it('dont l’annulation est demandée dit où en est le message qui la porte', async () => {
    const { deliberation, transmission } = await ledger.transmitted();
    const acknowledged = await ledger.acknowledge(transmission, civilDate('2022-11-03'));
    const annulationOf = async (): Promise<unknown> =>
      (await ledger.readings.view(deliberation.id))?.transmission.annulation;
    expect(await annulationOf()).toBeNull();
    const { id: collectiviteId } = ledger.collectivite;
    const { identifiantActe } = deliberation;
    const annulation = aTransmission({
      id: v7() as TransmissionId,
      deliberationId: deliberation.id,
      collectiviteId,
      identifiantActe,
      flux: '6-1',
    });
    const audit = anAuditEntry({
      collectiviteId,
      deliberationId: deliberation.id,
      sujet: 'transmission',
      sujetId: annulation.id,
      evenement: 'deposited',
      etatApres: 'queued',
    });
    await ledger.happen(acknowledged, {
      event: 'annulation-requested',
      effects: [{ kind: 'create-transmission', transmission: annulation, audit }],
    });
    expect(await annulationOf()).toEqual({ state: 'queued' });
  });

  it('inconnue ne donne rien', async () => {
    const unknown = ledger.collectivite.id as never;
    expect(await ledger.readings.view(unknown)).toBeNull();
    expect(await ledger.readings.deliberationOf(unknown)).toBeNull();
    expect(await ledger.readings.retour(unknown)).toBeNull();
    expect(await ledger.readings.pieces(unknown)).toEqual([]);
  });
});
