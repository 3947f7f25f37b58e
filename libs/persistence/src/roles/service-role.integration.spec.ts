import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { tryForbidden } from '../../../../test/services/forbidden-to-service';
import { asUser, runSql, SERVICE_USER } from '../../../../test/services/own-database';
import type { FreshDatabase } from '../../test/fresh-database';
import { freshDatabase, freshDatabaseOfPlainOwner } from '../../test/fresh-database';
import { anAuditEntry, TestLedger } from '../../test/test-ledger';
import { AuditChains } from '../audit/audit-chains';
import { createDataSource } from '../data-source';
import { migrate } from '../migrate';
import { Statement } from '../statements/statement';
import { excessRights } from './excess-rights';
import { admitServiceRole, serviceRoleOf } from './service-role';
import { SERVICE_RIGHTS } from './service-rights';

jest.setTimeout(120_000);

const opened: FreshDatabase[] = [];
const roles: string[] = [];
const server = (): string => process.env['TEST_DATABASE_URL'] ?? '';
afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()));
  for (const role of roles.splice(0)) await runSql(server(), `DROP ROLE IF EXISTS ${role}`);
});

async function kept(database: Promise<FreshDatabase>): Promise<FreshDatabase> {
  opened.push(await database);
  return database;
}

/** Un rôle neuf du serveur, effacé après l'essai. */
async function aRole(options: string | null): Promise<string> {
  const nom = `role_${randomBytes(6).toString('hex')}`;
  roles.push(nom);
  if (options !== null) await runSql(server(), `CREATE ROLE ${nom} LOGIN ${options}`);
  return nom;
}

/** Les droits qu'un rôle a vraiment sur chaque table et chaque vue. */
async function rightsOf(dataSource: DataSource, role: string): Promise<Readonly<Record<string, string>>> {
  const rows: { nom: string; droits: string }[] = await dataSource.query(
    `SELECT relname AS nom, (SELECT coalesce(string_agg(droit, ' ' ORDER BY rang), '') FROM
        unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']) WITH ORDINALITY AS d (droit, rang)
        WHERE has_table_privilege($1, c.oid, droit)) AS droits
      FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'p', 'f') ORDER BY 1`,
    [role],
  );
  return Object.fromEntries(rows.map(({ nom, droits }) => [nom, droits]));
}

describe('le rôle du service', () => {
  it('a sur chaque table les droits inscrits, et aucun autre ; une table nouvelle doit s’inscrire', async () => {
    const { owner } = await kept(freshDatabase());
    const listed = Object.entries(SERVICE_RIGHTS).map(([nom, rights]) => [nom, rights.join(' ')]);
    expect(await rightsOf(owner, SERVICE_USER)).toEqual(Object.fromEntries(listed));
  });

  it('ne peut rien de ce qu’un service détourné essaierait', async () => {
    const database = await kept(freshDatabase());
    const owner = serviceRoleOf(server()).nom;
    const { passed, count } = await tryForbidden(database.url, owner);
    expect(passed).toEqual([]);
    expect(count).toBeGreaterThan(40);
    expect(await excessRights(database.dataSource)).toEqual([]);
  });

  it('écrit au journal, que la base enchaîne pour lui', async () => {
    const database = await kept(freshDatabase());
    const ledger = await TestLedger.open(database.dataSource);
    await ledger.transmitted();
    expect(await new AuditChains(database.dataSource).verify()).toMatchObject({ entries: 4, faults: [] });
  });

  it('ne détourne pas l’enchaînement par des noms à lui : la fonction ne cherche les siens que chez elle', async () => {
    const { dataSource, owner } = await kept(freshDatabase());
    const runner = dataSource.createQueryRunner();
    await runner.query(`CREATE TEMP TABLE chaines_audit (chaine text PRIMARY KEY, rang bigint, empreinte char(64));
      CREATE TEMP TABLE transitions (vie text, etat_avant text, evenement text, etat_apres text);
      INSERT INTO transitions VALUES ('transmission', 'queued', 'ar-received', 'cancelled')`);
    const write = (changes: object): Promise<unknown> => {
      const statement = new Statement();
      statement.step('ici', 'SELECT 1');
      statement.audit('journal', anAuditEntry(changes), 'ici');
      return runner.query(...statement.finish('SELECT 1'));
    };
    const faux = {
      sujet: 'transmission',
      etatAvant: 'queued',
      evenement: 'ar-received',
      etatApres: 'cancelled',
    };
    await expect(write(faux)).rejects.toMatchObject({ driverError: { code: '23514' } });
    await write({});
    expect(await runner.query('SELECT * FROM pg_temp.chaines_audit')).toEqual([]);
    await runner.release();
    expect(await new AuditChains(owner).verify()).toMatchObject({ entries: 1, faults: [] });
  });

  it('lit et écrit les tables d’une migration à venir, sans les posséder', async () => {
    const { owner } = await kept(freshDatabase());
    await owner.query('CREATE TABLE a_venir (id int PRIMARY KEY)');
    expect((await rightsOf(owner, SERVICE_USER))['a_venir']).toBe('SELECT INSERT UPDATE DELETE');
  });
});

describe('admettre un rôle', () => {
  it('le crée avec son mot de passe, échappements compris, quand il manque ; refait, ne change rien', async () => {
    const { owner, url } = await kept(freshDatabase());
    const nom = await aRole(null);
    const password = `l'été \\ "x"`;
    await admitServiceRole(owner, { nom, password });
    const before = await rightsOf(owner, nom);
    await admitServiceRole(owner, { nom, password });
    expect(await rightsOf(owner, nom)).toEqual(before);
    const [kept_]: { rolpassword: string }[] = await owner.query(
      'SELECT rolpassword FROM pg_authid WHERE rolname = $1',
      [nom],
    );
    expect(kept_?.rolpassword).toMatch(/^SCRAM-SHA-256/);
    const service = await createDataSource({
      url: asUser(url, nom, password),
      poolSize: 2,
      applicationName: 'essais',
    }).initialize();
    expect(await excessRights(service)).toEqual([]);
    await service.destroy();
    await owner.query(`DROP OWNED BY ${nom}`);
  });

  it('marche sous un propriétaire ordinaire, qui dit quoi demander quand il ne peut pas créer le rôle', async () => {
    const { owner } = await kept(freshDatabaseOfPlainOwner());
    await migrate(owner);
    const missing = await aRole(null);
    await expect(
      admitServiceRole(owner, { nom: missing, password: 'secret-du-service' }),
    ).rejects.toMatchObject({
      code: 'role/cannot-create',
      detail: expect.stringMatching(/CREATE ROLE "role_\w+" LOGIN PASSWORD '…'/) as string,
    });
    const known = await aRole('');
    await admitServiceRole(owner, { nom: known, password: null });
    expect((await rightsOf(owner, known))['audit_entries']).toBe('SELECT INSERT');
    expect(await excessRights(owner, known)).toEqual([]);
  });

  it.each([
    ['administrateur', 'SUPERUSER', 'administre PostgreSQL'],
    ['créateur de rôles', 'CREATEROLE', 'crée des rôles'],
    ['lecteur des fichiers du serveur', 'IN ROLE pg_read_server_files', 'fichiers du serveur'],
    ['lanceur de programmes', 'IN ROLE pg_execute_server_program', 'fichiers du serveur'],
  ])('refuse un rôle %s, sans rien lui donner', async (_, options, faute) => {
    const { owner } = await kept(freshDatabase());
    const nom = await aRole(options);
    await expect(admitServiceRole(owner, { nom, password: null })).rejects.toMatchObject({
      code: 'role/too-strong',
      detail: expect.stringContaining(faute) as string,
    });
    const granted: unknown[] = await owner.query(
      `SELECT 1 FROM pg_class WHERE relacl::text LIKE '%' || $1 || '%'`,
      [nom],
    );
    expect(granted).toEqual([]);
  });

  it('refuse le propriétaire lui-même, et un rôle qui en est membre, sans rien lui ôter', async () => {
    const { owner } = await kept(freshDatabaseOfPlainOwner());
    await migrate(owner);
    const [{ nom }]: [{ nom: string }] = await owner.query('SELECT current_user AS nom');
    await expect(admitServiceRole(owner, { nom, password: null })).rejects.toMatchObject({
      code: 'role/too-strong',
    });
    expect(await owner.query('SELECT count(*)::int AS n FROM collectivites')).toEqual([{ n: 0 }]);
    const member = await aRole(`IN ROLE ${nom}`);
    await expect(admitServiceRole(owner, { nom: member, password: null })).rejects.toMatchObject({
      code: 'role/too-strong',
      detail: expect.stringContaining('possède les tables') as string,
    });
  });

  it('refuse une adresse qui ne nomme personne, et décode celle qui nomme', () => {
    expect(() => serviceRoleOf('postgres://hote/base')).toThrow('ne nomme pas');
    expect(serviceRoleOf('postgres://r%C3%B4le:a%23b@hote/base')).toEqual({ nom: 'rôle', password: 'a#b' });
  });
});
