import type { DataSource } from 'typeorm';
import { freshDatabase } from '../../test/fresh-database';
import type { FreshDatabase } from '../../test/fresh-database';
import { hasPendingMigrations, migrate } from '../migrate';
import { MIGRATIONS } from './index';

/** Tout ce que la base porte, hors les migrations elles-mêmes. */
async function inventoryOf(dataSource: DataSource): Promise<readonly string[]> {
  const rows: { nom: string }[] = await dataSource.query(`
    SELECT 'colonne ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable AS nom
      FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT IN ('migrations', 'typeorm_metadata')
    UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'migrations'
    UNION ALL SELECT 'contrainte ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'migrations'
    UNION ALL SELECT 'déclencheur ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'fonction ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ORDER BY nom`);
  return rows.map(({ nom }) => nom);
}

describe('les migrations', () => {
  let database: FreshDatabase;
  beforeEach(async () => {
    database = await freshDatabase(false);
  });
  afterEach(() => database.close());

  it('portent un horodatage, et la dernière de la liste est la plus récente', () => {
    const stamps = MIGRATIONS.map(({ name }) => Number(name.slice(-13)));
    expect(stamps.every((stamp) => Number.isSafeInteger(stamp))).toBe(true);
    expect(stamps).toEqual([...new Set(stamps)].sort((a, b) => a - b));
  });

  it('s’appliquent dans l’ordre, puis n’ont plus rien à faire', async () => {
    const { dataSource } = database;
    expect(await hasPendingMigrations(dataSource)).toBe(true);
    expect(await migrate(dataSource)).toEqual(MIGRATIONS.map(({ name }) => name));
    expect(await hasPendingMigrations(dataSource)).toBe(false);
    expect(await migrate(dataSource)).toEqual([]);
  });

  it('se défont jusqu’à une base vide, et se refont à l’identique', async () => {
    const { dataSource } = database;
    await migrate(dataSource);
    const built = await inventoryOf(dataSource);
    for (const migration of MIGRATIONS) {
      await dataSource.undoLastMigration();
      expect(await hasPendingMigrations(dataSource)).toBe(true);
      expect(migration.name).not.toBe('');
    }
    expect(await inventoryOf(dataSource)).toEqual([]);
    await migrate(dataSource);
    expect(await inventoryOf(dataSource)).toEqual(built);
    expect(built.length).toBeGreaterThan(150);
  });

  it('demandées par plusieurs processus ensemble, ne s’appliquent qu’une fois', async () => {
    const others = await Promise.all([1, 2, 3, 4].map(() => database.another(1)));
    const applied = await Promise.all(others.map((other) => migrate(other)));
    expect(applied.flat()).toEqual(MIGRATIONS.map(({ name }) => name));
  });

  it('rendent sa connexion telle qu’elle était : le délai des requêtes ordinaires y vaut encore', async () => {
    const single = await database.another(1);
    await migrate(single);
    expect(await single.query('SHOW statement_timeout')).toEqual([{ statement_timeout: '30s' }]);
    const locks: unknown[] =
      await single.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database = (
      SELECT oid FROM pg_database WHERE datname = current_database())`);
    expect(locks).toEqual([]);
  });

  it('qui échouent ne laissent rien d’elles, et libèrent la place', async () => {
    const { dataSource } = database;
    await dataSource.query('CREATE TABLE transmissions (piege int)');
    await expect(migrate(dataSource)).rejects.toMatchObject({ driverError: { code: '42P07' } });
    expect(await dataSource.query(`SELECT to_regclass('transitions') AS table`)).toEqual([{ table: null }]);
    await dataSource.query('DROP TABLE transmissions');
    expect(await migrate(dataSource)).toHaveLength(MIGRATIONS.length - 2);
  });
});
