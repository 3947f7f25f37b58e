import type { Departement } from '@teletransmission/actes';
import { addMs } from '@teletransmission/kernel';
import type { BudgetRequest, Circuit, Transmission } from '@teletransmission/teletransmission';
import { CLOSED_CIRCUIT, newPrefecture, RegulatePrefecture } from '@teletransmission/teletransmission';
import { FakeClock } from '@teletransmission/testkit';
import { freshDatabase } from '../../test/fresh-database';
import type { FreshDatabase } from '../../test/fresh-database';
import { NOW, TestLedger, TRACE_ID } from '../../test/test-ledger';
import { AuditChains } from '../audit/audit-chains';
import { PgPrefectureRepository } from './prefecture.repository';
import { PgRateBudget } from './rate-budget.repository';

const HERAULT = '034' as Departement;
const REUNION = '974' as Departement;
const LATER = addMs(NOW, 7_200_000);
const OPEN: Circuit = {
  ...CLOSED_CIRCUIT,
  state: 'open',
  failed: ['a', 'b'],
  firstFailureAt: NOW,
  openings: 2,
  probeAt: LATER,
  waiting: 3,
  code: 'prefecture/unreachable',
  detail: 'Injoignable.',
};

let database: FreshDatabase;
let ledger: TestLedger;
let prefectures: PgPrefectureRepository;
beforeEach(async () => {
  database = await freshDatabase();
  ledger = await TestLedger.open(database.dataSource);
  prefectures = new PgPrefectureRepository(database.dataSource, { current: () => TRACE_ID });
});
afterEach(() => database.close());

async function waiting(code: string): Promise<Transmission> {
  const sealed = await ledger.seal((await ledger.deposit()).transmission);
  const { version } = await prefectures.find(HERAULT);
  const seen = { departement: HERAULT, version, isCut: false };
  await ledger.transmissions.postpone(sealed, { until: LATER, reason: { code, detail: code }, seen }, null);
  return { ...sealed, version: sealed.version + 1 };
}

/** Attend que cet ordre attende un verrou, ou qu'il ait fini sans en attendre. */
async function blocked(order: Promise<unknown>): Promise<void> {
  const over = order.then(() => true);
  for (let isSettled = false; !isSettled;) {
    const waiting: unknown[] = await database.dataSource.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    isSettled = waiting.length > 0 || (await Promise.race([over, Promise.resolve(false)]));
  }
}

async function jobsOf(transmission: Transmission): Promise<readonly unknown[]> {
  return database.dataSource.query(
    'SELECT turn, not_before FROM outbox WHERE target_id = $1 AND job = $2 AND turn > $3 ORDER BY turn',
    [transmission.id, 'submit-enveloppe', transmission.version],
  );
}

describe('les préfectures en base', () => {
  const regulate = (): RegulatePrefecture => new RegulatePrefecture(prefectures, new FakeClock());
  const administrateur = async () => {
    const compte = { ...ledger.compte, role: 'administrateur' as const, collectiviteId: null };
    return Promise.resolve(compte);
  };

  it('jamais réglées, sont à leurs valeurs par défaut, au fuseau de leur département', async () => {
    expect(await prefectures.find(REUNION)).toEqual(newPrefecture(REUNION));
    expect(await prefectures.destinationOf(ledger.collectivite.id)).toEqual({
      siren: ledger.collectivite.siren,
      prefecture: newPrefecture(HERAULT),
      circuit: CLOSED_CIRCUIT,
    });
  });

  it('se règlent une fois depuis la même lecture, avec leur audit, qui reste une chaîne sans trou', async () => {
    const decision = { compte: await administrateur(), departement: HERAULT, motif: 'Convention annuelle' };
    const changes = {
      actesParHeure: 200,
      octetsParHeure: 5_000_000_000,
      fenetres: [{ jours: ['lundi'], de: '08:00', a: '24:00' }],
      interruption: { du: '2026-12-24', au: '2026-12-26' },
    };
    const settled = await regulate().regulate(decision, changes);
    expect(settled).toEqual({ ok: true, value: await prefectures.find(HERAULT) });
    const stale = { ...newPrefecture(HERAULT), version: 1 };
    const audit = { ...(await lastAudit()), instant: NOW };
    expect(await prefectures.save(stale, audit as never)).toBe(false);
    const [entry]: unknown[] = await database.dataSource.query(
      `SELECT evenement, motif, acteur_nom, chaine FROM audit_entries WHERE sujet = 'prefecture'`,
    );
    expect(entry).toEqual({
      evenement: 'prefecture-regulated',
      motif: 'Convention annuelle',
      acteur_nom: ledger.compte.nom,
      chaine: 'plateforme',
    });
    expect((await new AuditChains(database.dataSource).verify()).faults).toEqual([]);
  });

  async function lastAudit(): Promise<object> {
    const paused = await regulate().list(await administrateur());
    expect(paused.ok).toBe(true);
    return {
      collectiviteId: null,
      deliberationId: null,
      sujet: 'prefecture',
      sujetId: HERAULT,
      evenement: 'prefecture-regulated',
      etatAvant: null,
      etatApres: null,
      acteur: { kind: 'service' },
      motif: null,
      preuve: {},
    };
  }

  it('réglées, réveillent les actes qui les attendent et ceux-là seulement', async () => {
    const closed = await waiting('prefecture/closed');
    const deferred = await waiting('prefecture/unreachable');
    const decision = { compte: await administrateur(), departement: HERAULT, motif: 'Plus de fenêtres' };
    await regulate().regulate(decision, { actesParHeure: null });
    expect(await jobsOf(closed)).toEqual([{ turn: closed.version + 1, not_before: null }]);
    expect(await jobsOf(deferred)).toEqual([]);
    expect(await ledger.transmissions.find(closed.id)).toMatchObject({ nextTurnAt: NOW, state: 'sealed' });
  });

  it('gardent leur disjoncteur, et sa fermeture réveille les actes qu’il retenait', async () => {
    const held = await waiting('prefecture/circuit-open');
    const closed = await waiting('prefecture/closed');
    const change = (circuit: Circuit, wakes: boolean) =>
      prefectures.changeCircuit(HERAULT, NOW, () => ({ circuit, audit: null, wakes }));
    expect(await change(OPEN, false)).toEqual(OPEN);
    expect((await prefectures.destinationOf(ledger.collectivite.id)).circuit).toEqual(OPEN);
    expect(await prefectures.changeCircuit(HERAULT, NOW, () => null)).toBeNull();
    await change(CLOSED_CIRCUIT, true);
    expect((await prefectures.destinationOf(ledger.collectivite.id)).circuit).toEqual(CLOSED_CIRCUIT);
    expect(await jobsOf(held)).toHaveLength(1);
    expect(await jobsOf(closed)).toEqual([]);
  });

  it.each([
    ['la liaison se rétablit', { version: 0, isCut: true }],
    ['un réglage change', { version: 1, isCut: false }],
  ])(
    'pendant que %s, attendent de le savoir pour remettre un départ, et ne le remettent pas',
    async (_when, read) => {
      const sealed = await ledger.seal((await ledger.deposit()).transmission);
      await prefectures.changeCircuit(HERAULT, NOW, () => ({ circuit: OPEN, audit: null, wakes: false }));
      if (read.version > 0)
        await database.dataSource.query(
          `INSERT INTO prefectures (departement, fuseau, fenetres, interruptions, version) VALUES ($1, 'Europe/Paris', '[]', '[]', $2)`,
          [HERAULT, read.version],
        );
      const other = database.dataSource.createQueryRunner();
      await other.startTransaction();
      await other.query(
        read.isCut
          ? `UPDATE disjoncteurs SET state = 'closed', failed = '{}', probe_at = NULL WHERE departement = $1`
          : 'UPDATE prefectures SET version = version + 1 WHERE departement = $1',
        [HERAULT],
      );
      const seen = { departement: HERAULT, ...read };
      const reason = { code: 'prefecture/circuit-open', detail: 'Coupée.' };
      const written = ledger.transmissions.postpone(sealed, { until: LATER, reason, seen }, null);
      await blocked(written);
      await other.commitTransaction();
      await other.release();
      expect(await written).toBe(false);
      expect(await ledger.transmissions.find(sealed.id)).toEqual(sealed);
    },
  );

  it('ne laissent qu’une sonde passer, si nombreux qu’on la demande ensemble', async () => {
    await prefectures.changeCircuit(HERAULT, NOW, () => ({ circuit: OPEN, audit: null, wakes: false }));
    const probe = () =>
      prefectures.changeCircuit(HERAULT, LATER, (current) =>
        current.state === 'open'
          ? { circuit: { ...current, state: 'half-open' }, audit: null, wakes: false }
          : null,
      );
    const won = (await Promise.all(Array.from({ length: 8 }, probe))).filter((circuit) => circuit !== null);
    expect(won).toHaveLength(1);
  });

  it('montrent ce qui y part, ce qui y attend et le dernier accusé', async () => {
    await waiting('prefecture/closed');
    await ledger.transmitted();
    await prefectures.changeCircuit(REUNION, NOW, () => ({ circuit: OPEN, audit: null, wakes: false }));
    const views = await prefectures.views(addMs(NOW, 60_000));
    expect(views).toMatchObject([
      {
        prefecture: { departement: HERAULT },
        circuit: { state: 'closed' },
        actesDepuisUneHeure: 1,
        dernierEnvoiPrisLe: NOW,
        dernierAccuseLe: null,
        attentes: [{ code: 'prefecture/closed', nombre: 1, prochainLe: LATER }],
      },
    ]);
    expect(views[0]?.octetsDepuisUneHeure).toBeGreaterThan(0);
  });
});

describe('le budget compté en base', () => {
  const asked = (transmission: Transmission, changes: Partial<BudgetRequest> = {}): BudgetRequest => ({
    departement: HERAULT,
    siren: ledger.collectivite.siren,
    transmissionId: transmission.id,
    tour: `${transmission.cycle}-${transmission.turn + 1}`,
    tailleOctets: 1_000,
    isReturning: false,
    actesParHeure: 2,
    octetsParHeure: null,
    at: addMs(NOW, 1_000),
    ...changes,
  });

  it('voit les envois ouverts, qui sont la vérité, et ce qu’il vient d’accorder', async () => {
    const budget = new PgRateBudget(database.dataSource);
    const gone = (await ledger.transmitted()).transmission;
    const first = await ledger.seal((await ledger.deposit()).transmission);
    const second = await ledger.seal((await ledger.deposit()).transmission);
    expect(await budget.since(HERAULT, addMs(NOW, -1))).toMatchObject([
      { transmissionId: gone.id, tour: '1-1', at: NOW },
    ]);
    expect(await budget.take(asked(first))).toEqual({ kind: 'taken' });
    expect(await budget.take(asked(first))).toEqual({ kind: 'taken' });
    expect(await budget.take(asked(second))).toEqual({ kind: 'wait', until: addMs(NOW, 3_600_000) });
    await budget.giveBack(asked(first));
    expect(await budget.take(asked(second))).toEqual({ kind: 'taken' });
    expect((await budget.since('974', addMs(NOW, -1))).length).toBe(0);
  });

  it('ne compte pas deux fois un départ accordé devenu envoi', async () => {
    const budget = new PgRateBudget(database.dataSource);
    const sealed = await ledger.seal((await ledger.deposit()).transmission);
    expect(await budget.take(asked(sealed, { at: NOW }))).toEqual({ kind: 'taken' });
    await ledger.send(sealed, addMs(NOW, 500));
    expect(await budget.since(HERAULT, addMs(NOW, -1))).toHaveLength(1);
  });

  it('pris ensemble par plusieurs travailleurs, ne se dépasse jamais', async () => {
    const workers = await Promise.all([1, 2, 3].map(async () => new PgRateBudget(await database.another(2))));
    const acts: Transmission[] = [];
    for (let index = 0; index < 9; index += 1)
      acts.push(await ledger.seal((await ledger.deposit()).transmission));
    const answers = await Promise.all(acts.map(async (act, index) => workers[index % 3]?.take(asked(act))));
    expect(answers.filter((answer) => answer?.kind === 'taken')).toHaveLength(2);
  });
});
