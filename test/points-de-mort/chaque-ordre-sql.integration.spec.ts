import { addMs } from '@teletransmission/kernel';
import {
  AuditChains,
  createDataSource,
  PgCollectiviteRepository,
  PgCompteRepository,
} from '@teletransmission/persistence';
import type { OutboxMessage, SubmitAnswer } from '@teletransmission/teletransmission';
import {
  aCollectivite,
  aCompte,
  aDossier,
  anAccuse,
  aPdf,
  aStoredFile,
  FakeClock,
  InMemoryDocuments,
  ScriptedPrefecture,
  SequentialIds,
  TIMINGS,
} from '@teletransmission/testkit';
import type { DataSource } from 'typeorm';
import { createMigratedDatabase } from '../services/migrated-database';
import type { OwnDatabase } from '../services/own-database';
import { ServiceOnPostgres } from './service-on-postgres';
import { Killed, StatementKiller } from './statement-killer';

/*
 * Les points de mort du chemin d'un acte, du dépôt à la publication, sur le vrai PostgreSQL : le processus meurt après son n-ième ordre
 * SQL, pour tout n jusqu'à ce qu'il vive jusqu'au bout, puis un autre reprend. La suite sœur, en mémoire, tue entre les appels de chaque
 * cas d'usage ; celle-ci tue au milieu des transactions.
 */

const CLE = { cle: 'clé-1', empreinteDemande: 'a'.repeat(64) };
/** Au-delà, ce chemin ne finit pas. */
const ROUNDS = 12;

const opened = (url: string): Promise<DataSource> =>
  createDataSource({ url, poolSize: 4, applicationName: 'points-de-mort' }).initialize();

let database: OwnDatabase;
/** Ce qui remet la base à neuf, et celui qui reprend après un mort : ils ne meurent pas, et servent à tous les essais. */
let owner: DataSource;
let survivor: DataSource;
/** Les tables que les migrations ont remplies : elles ne se vident pas. */
let settled: readonly string[];
beforeAll(async () => {
  database = await createMigratedDatabase();
  owner = await opened(database.ownerUrl);
  survivor = await opened(database.url);
  const counts = await Promise.all(
    (await tablesOf()).map(async (name) => {
      const [row]: { n: number }[] = await owner.query(`SELECT count(*)::int AS n FROM ${name}`);
      return { name, isFilled: (row?.n ?? 0) > 0 };
    }),
  );
  settled = counts.filter(({ isFilled }) => isFilled).map(({ name }) => name);
});
afterAll(async () => {
  await Promise.all([owner.destroy(), survivor.destroy()]);
  await database.drop();
});

async function tablesOf(): Promise<readonly string[]> {
  const rows: { tablename: string }[] = await owner.query(
    `SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
  );
  return rows.map(({ tablename }) => tablename);
}

/** Une base où rien n'a encore été déposé. Vidée plutôt que recréée : il y en a des centaines. */
async function startOver(): Promise<void> {
  const tables = (await tablesOf()).filter((name) => !settled.includes(name));
  await owner.transaction(async (manager) => {
    // Les gardes du journal et des clés étrangères, le temps de vider.
    await manager.query('SET LOCAL session_replication_role = replica');
    await manager.query(tables.map((name) => `DELETE FROM ${name}`).join(';'));
  });
  const collectivite = aCollectivite({
    publicationAutomatique: true,
    adresseDesActes: 'https://commune.example/actes/{identifiant}',
  });
  await new PgCollectiviteRepository(owner).save(collectivite);
  const compte = aCompte();
  await new PgCompteRepository(owner).create(compte, {
    compteId: compte.id,
    empreinte: 'f'.repeat(64),
    creeLe: new FakeClock().now(),
  });
  // Un budget à tenir : ses écritures sont des points de mort comme les autres.
  await owner.query(
    `INSERT INTO prefectures (departement, fuseau, actes_par_heure, fenetres, interruptions, version)
      VALUES ($1, 'Europe/Paris', 100, '[]', '[]', 1)`,
    [collectivite.departement],
  );
}

/** Ce qui reste quand un processus meurt : la base, les documents, la préfecture, la file et le temps. */
class World {
  readonly clock = new FakeClock();
  readonly ids = new SequentialIds();
  readonly documents = new InMemoryDocuments();
  readonly prefecture = new ScriptedPrefecture();
  readonly queue: OutboxMessage[] = [];
  readonly done: OutboxMessage[] = [];
  isAnswered = false;
  private isDelivered = false;

  /** La préfecture accuse ce qu'elle a pris. */
  async acknowledge(): Promise<void> {
    if (this.isDelivered || this.prefecture.taken.length === 0) return;
    this.isDelivered = true;
    this.prefecture.deliver('ar', 'TACT--SPREF0343-213402761-20221102-57.tar.gz', await anAccuse());
  }
}

/** La vie d'un processus, jusqu'à ce que plus rien ne bouge : le déposant insiste, le relais porte, les travaux se font. */
async function live(world: World, dataSource: DataSource): Promise<void> {
  const service = new ServiceOnPostgres(dataSource, world);
  if (!world.isAnswered) {
    const fichiers = ['extrait.pdf', 'convention.pdf'].map((nomFichier) => ({
      ...aStoredFile(nomFichier),
      ...world.documents.keep(aPdf(nomFichier)),
    }));
    const answer = await service.requests.deposit.execute({
      compte: aCompte(),
      dossier: aDossier(),
      fichiers,
      idempotency: CLE,
    });
    if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
    world.isAnswered = true;
  }
  // Une file rend ce qu'un mort tenait, et parfois ce qu'il avait fini : tout s'y rejoue une fois.
  world.queue.splice(0, 0, ...world.done.splice(0));
  for (let round = 0; round < ROUNDS; round += 1) {
    world.queue.push(...(await service.work.sweep.execute()).waiting);
    await service.work.collect.execute();
    while ((await relay(world, service)) > 0) await workThrough(world, service);
    await workThrough(world, service);
    if (world.done.some(({ job }) => job === 'track-publication')) return;
    await world.acknowledge();
    world.clock.set(addMs(world.clock.now(), Math.max(TIMINGS.leaseMs, TIMINGS.settleMs)));
  }
}

const relay = (world: World, service: ServiceOnPostgres): Promise<number> =>
  service.repositories.outbox.relay(500, (messages) => {
    world.queue.push(...messages);
    return Promise.resolve();
  });

/** Fait ce qui est dû ; un travail n'est fini qu'une fois rendu. */
async function workThrough(world: World, service: ServiceOnPostgres): Promise<void> {
  const now = world.clock.now();
  for (const message of world.queue.filter(({ notBefore }) => notBefore === null || notBefore <= now)) {
    await service.run(message);
    world.queue.splice(world.queue.indexOf(message), 1);
    world.done.push(message);
  }
}

async function expectOneWholeLife(world: World, dataSource: DataSource, context: string): Promise<void> {
  const [books]: unknown[] = await dataSource.query(`SELECT
    (SELECT json_agg(state) FROM transmissions) AS transmissions, (SELECT json_agg(state) FROM publications) AS publications,
    (SELECT count(*)::int FROM deliberations) AS deliberations, (SELECT count(*)::int FROM enveloppes) AS enveloppes,
    (SELECT json_agg(state) FROM retours) AS retours,
    (SELECT count(*)::int FROM envois WHERE outcome IS NULL) AS envois_ouverts,
    (SELECT count(*)::int FROM outbox WHERE published_at IS NULL) AS boite,
    (SELECT count(*)::int FROM audit_entries WHERE evenement IN ('deposited', 'enveloppe-sealed', 'ar-received', 'published-automatically')) AS faits`);
  expect([context, books]).toEqual([
    context,
    {
      transmissions: ['acknowledged'],
      publications: ['published'],
      deliberations: 1,
      enveloppes: 1,
      retours: ['applied'],
      envois_ouverts: 0,
      boite: 0,
      faits: 4,
    },
  ]);
  expect([context, (await new AuditChains(dataSource).verify()).faults]).toEqual([context, []]);
  expect(new Set(world.prefecture.taken.map(({ nom }) => nom)).size).toBe(1);
  expect([context, world.prefecture.taken.length]).toEqual([context, 1]);
}

/** @returns vrai si le premier processus est mort. */
async function play(answers: readonly SubmitAnswer[], after: number): Promise<boolean> {
  await startOver();
  const world = new World();
  for (const answer of answers) world.prefecture.answer(answer);
  const killer = new StatementKiller();
  const first = await opened(database.url);
  killer.arm(after);
  try {
    await live(world, first);
  } catch (error) {
    if (!killer.isDead) throw error;
    if (!(error instanceof Killed) && !causedByDeath(error)) throw error;
  } finally {
    killer.disarm();
    await first.destroy();
  }
  if (killer.isDead) await live(world, survivor);
  await expectOneWholeLife(world, survivor, `mort après l'ordre ${after} : ${killer.last}`);
  return killer.isDead;
}

/** TypeORM rend l'erreur de l'ordre sous la sienne. */
function causedByDeath(error: unknown): boolean {
  return (
    error instanceof Error &&
    'driverError' in error &&
    (error as { readonly driverError: unknown }).driverError instanceof Killed
  );
}

const LOST: SubmitAnswer = { kind: 'lost', code: 'prefecture/answer-lost', detail: 'Réponse perdue.' };
const DEFERRED: SubmitAnswer = { kind: 'deferred', code: 'prefecture/http-503', detail: 'Rien pris.' };

describe('tué après chacun de ses ordres SQL, du dépôt à la publication', () => {
  it('le service ne double ni ne perd rien : remis à plus tard, puis réponse perdue, question, accusé', async () => {
    let after = 1;
    while (await play([DEFERRED, LOST], after)) after += 1;
    // Un chemin trop court n'aurait rien prouvé.
    expect(after).toBeGreaterThan(60);
  }, 600_000);
});
