import type { Transmission, TransmissionId } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { freshDatabase } from '../../test/fresh-database';
import type { FreshDatabase } from '../../test/fresh-database';
import { empreinteOf, TestLedger } from '../../test/test-ledger';
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

/** Une réponse en file, et sa lettre qui l'attend. */
async function aReponse(ledger: TestLedger): Promise<Transmission> {
  const { transmission } = await ledger.deposit();
  const retour = await ledger.receive();
  const [lettre, id] = [v7(), v7()];
  await ledger.dataSource.query(
    `INSERT INTO correspondances (id, collectivite_id, deliberation_id, identifiant_acte, flux, date_courrier, texte, recue_le, state,
        empreinte_message, retour_id)
      SELECT $1, collectivite_id, deliberation_id, identifiant_acte, '3-1', '2022-11-01', 'Le plan manque.', now(), 'answering', $2, $3
      FROM transmissions WHERE id = $4`,
    [lettre, empreinteOf(lettre), retour.id, transmission.id],
  );
  await ledger.dataSource.query(
    `INSERT INTO transmissions SELECT (jsonb_populate_record(t, jsonb_build_object('id', $1::uuid, 'flux', '3-4', 'correspondance_id',
      $2::uuid))).* FROM transmissions t WHERE id = $3`,
    [id, lettre, transmission.id],
  );
  const reponse = await ledger.transmissions.find(id as TransmissionId);
  if (!reponse) throw new Error('réponse introuvable');
  return reponse;
}

async function namesOf(dataSource: DataSource): Promise<readonly string[]> {
  const rows: { name: string }[] = await dataSource.query('SELECT name FROM migrations');
  return rows.map(({ name }) => name);
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

  it('rendent à qui doit y répondre une lettre dont la réponse était déjà arrêtée, et le journal le dit', async () => {
    const { dataSource } = database;
    await migrate(dataSource);
    const ledger = await TestLedger.open(dataSource);
    const stopped = await aReponse(ledger);
    const underway = await aReponse(ledger);
    await ledger.happen(stopped, { event: 'put-on-hold' });
    while ((await namesOf(dataSource)).includes('SuitesDesReponses1795500000047'))
      await dataSource.undoLastMigration();
    await dataSource.query(`UPDATE correspondances SET state = 'answering'`);
    await migrate(dataSource);
    const stateOf = async ({ id }: Transmission): Promise<string | undefined> =>
      (await ledger.correspondances.findReponse(id))?.correspondance.state;
    expect([await stateOf(stopped), await stateOf(underway)]).toEqual(['received', 'answering']);
    const entries: unknown[] = await dataSource.query(
      `SELECT evenement, etat_avant, etat_apres, acteur_genre, preuve FROM audit_entries WHERE sujet_id = $1 ORDER BY rang DESC LIMIT 1`,
      [stopped.correspondanceId],
    );
    expect(entries).toEqual([
      {
        evenement: 'answer-held',
        etat_avant: 'answering',
        etat_apres: 'received',
        acteur_genre: 'service',
        preuve: { reponse: stopped.id, flux: '3-4' },
      },
    ]);
  });
});
