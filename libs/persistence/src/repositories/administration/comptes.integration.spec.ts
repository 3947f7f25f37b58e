import type { Siren } from '@teletransmission/actes';
import type { Instant } from '@teletransmission/kernel';
import { addMs, instantOf } from '@teletransmission/kernel';
import type { CollectiviteId, Compte, CompteId, JetonView } from '@teletransmission/teletransmission';
import { aCollectivite, aCompte } from '@teletransmission/testkit';
import { v7 } from 'uuid';
import { freshDatabase } from '../../../test/fresh-database';
import type { FreshDatabase } from '../../../test/fresh-database';
import { NOW } from '../../../test/test-ledger';
import { CryptoSecrets } from '../../secrets/crypto-secrets';
import { PgCollectiviteRepository } from './collectivite.repository';
import { PgCompteRepository } from './compte.repository';
import { PgSessionRepository } from './session.repository';

const secrets = new CryptoSecrets();
let database: FreshDatabase;
let comptes: PgCompteRepository;
let sessions: PgSessionRepository;
let collectivites: PgCollectiviteRepository;
beforeAll(async () => {
  database = await freshDatabase();
  comptes = new PgCompteRepository(database.dataSource);
  sessions = new PgSessionRepository(database.dataSource);
  collectivites = new PgCollectiviteRepository(database.dataSource);
});
afterAll(() => database.close());

async function opened(
  nom = 'Logiciel',
  expireLe: Instant | null = null,
): Promise<{ readonly compte: Compte; readonly empreinte: string }> {
  const compte = aCompte({ id: v7() as CompteId, nom });
  const empreinte = secrets.empreinteOf(secrets.mint());
  await comptes.create(compte, { compteId: compte.id, empreinte, creeLe: NOW, expireLe });
  return { compte, empreinte };
}

/** Un moment d'après maintenant, à l'heure de la base. */
const fromNow = (ms: number): Instant => addMs(instantOf(Date.now()), ms);
const HOUR_MS = 3_600_000;

describe('un jeton', () => {
  it('se reconnaît à son préfixe, et deux ne se ressemblent pas', () => {
    const minted = Array.from({ length: 100 }, () => secrets.mint());
    expect(minted.every((jeton) => /^tlt_[A-Za-z0-9_-]{43}$/.test(jeton))).toBe(true);
    expect(new Set(minted).size).toBe(100);
  });

  it('retrouve son compte par son empreinte, et n’est lui-même gardé nulle part', async () => {
    const { compte, empreinte } = await opened();
    expect(await comptes.findByJeton(empreinte)).toEqual(compte);
    expect(await comptes.findByJeton(secrets.empreinteOf('tlt_autre'))).toBeNull();
  });

  it('révoqué ne vaut plus, son compte restant', async () => {
    const { empreinte } = await opened();
    await database.dataSource.query('UPDATE jetons SET revoque_le = now() WHERE empreinte = $1', [empreinte]);
    expect(await comptes.findByJeton(empreinte)).toBeNull();
  });

  it('d’un compte révoqué ne vaut plus', async () => {
    const { compte, empreinte } = await opened();
    expect(await comptes.revoke(compte.id, NOW)).toBe(true);
    expect(await comptes.findByJeton(empreinte)).toBeNull();
  });
});

describe('la vie d’un jeton', () => {
  const jetonsOf = async ({ id }: Compte): Promise<readonly JetonView[]> =>
    (await comptes.list()).find((compte) => compte.id === id)?.jetons ?? [];
  const renewed = async (
    { id }: Compte,
    othersEndAt: Instant,
    expireLe: Instant | null = null,
  ): Promise<string> => {
    const empreinte = secrets.empreinteOf(secrets.mint());
    expect(await comptes.renew({ compteId: id, empreinte, creeLe: NOW, expireLe }, othersEndAt)).toBe(true);
    return empreinte;
  };

  it('finit à son échéance, et avec elle la session qu’il a ouverte', async () => {
    const [living, ended] = [
      await opened('Vivant', fromNow(HOUR_MS)),
      await opened('Fini', fromNow(-HOUR_MS)),
    ];
    expect(await comptes.findByJeton(living.empreinte)).toEqual(living.compte);
    expect(await comptes.findByJeton(ended.empreinte)).toBeNull();
    for (const { compte, empreinte } of [living, ended]) {
      const session = secrets.empreinteOf(secrets.mint());
      await sessions.open(session, empreinte, compte.id, NOW, fromNow(HOUR_MS));
      expect(await sessions.find(session, NOW)).toEqual(compte === living.compte ? compte : null);
    }
  });

  it('se renouvelle avec recouvrement : les deux valent, puis le neuf seul', async () => {
    const { compte, empreinte } = await opened();
    const next = await renewed(compte, fromNow(HOUR_MS));
    expect(await comptes.findByJeton(empreinte)).toEqual(compte);
    expect(await comptes.findByJeton(next)).toEqual(compte);
    await renewed(compte, fromNow(-HOUR_MS));
    expect([await comptes.findByJeton(empreinte), await comptes.findByJeton(next)]).toEqual([null, null]);
  });

  it('sans recouvrement, éteint l’ancien et la session qu’il a ouverte, pas celle du neuf', async () => {
    const { compte, empreinte } = await opened();
    const [old, fresh] = [secrets.empreinteOf('a'), secrets.empreinteOf('b')];
    await sessions.open(old, empreinte, compte.id, NOW, fromNow(HOUR_MS));
    const next = await renewed(compte, NOW);
    await sessions.open(fresh, next, compte.id, NOW, fromNow(HOUR_MS));
    expect([await sessions.find(old, NOW), await sessions.find(fresh, NOW)]).toEqual([null, compte]);
  });

  it('n’allonge jamais la vie d’un jeton qui finissait plus tôt', async () => {
    const soon = fromNow(HOUR_MS);
    const { compte } = await opened('Bientôt fini', soon);
    await renewed(compte, fromNow(24 * HOUR_MS));
    expect((await jetonsOf(compte)).map(({ expireLe }) => expireLe)).toEqual(
      expect.arrayContaining([soon, null]),
    );
  });

  it('ne se renouvelle pas pour un compte révoqué ou inconnu, et rien ne s’écrit', async () => {
    const { compte } = await opened();
    await comptes.revoke(compte.id, NOW);
    for (const compteId of [compte.id, v7() as CompteId]) {
      const jeton = { compteId, empreinte: secrets.empreinteOf(secrets.mint()), creeLe: NOW };
      expect(await comptes.renew(jeton, NOW)).toBe(false);
      expect(await comptes.findByJeton(jeton.empreinte)).toBeNull();
    }
  });

  it('montre son dernier usage sans une écriture par demande, ni ce qui l’emploierait', async () => {
    const { compte, empreinte } = await opened();
    expect(await jetonsOf(compte)).toEqual([
      { reference: empreinte.slice(0, 12), creeLe: NOW, expireLe: null, revoqueLe: null, employeLe: null },
    ]);
    const version = async (): Promise<unknown> =>
      database.dataSource.query('SELECT xmin::text, employe_le FROM jetons WHERE empreinte = $1', [
        empreinte,
      ]);
    await comptes.findByJeton(empreinte);
    const first = await version();
    for (let demand = 0; demand < 50; demand += 1) await comptes.findByJeton(empreinte);
    expect(await version()).toEqual(first);
    expect((await jetonsOf(compte))[0]?.employeLe).not.toBeNull();

    await database.dataSource.query(
      `UPDATE jetons SET employe_le = now() - interval '11 minutes' WHERE empreinte = $1`,
      [empreinte],
    );
    await Promise.all(Array.from({ length: 10 }, () => comptes.findByJeton(empreinte)));
    const [used] = await jetonsOf(compte);
    expect(Date.parse(used?.employeLe ?? '')).toBeGreaterThan(Date.now() - 60_000);
  });

  it('se lit encore d’une base qui ne s’écrit pas', async () => {
    const { compte, empreinte } = await opened();
    const nom = new URL(database.url).pathname.slice(1);
    await database.owner.query(`ALTER DATABASE ${nom} SET default_transaction_read_only = on`);
    const readOnly = await database.another(1);
    await database.owner.query(`ALTER DATABASE ${nom} RESET default_transaction_read_only`);
    expect(await new PgCompteRepository(readOnly).findByJeton(empreinte)).toEqual(compte);
  });
});

describe('un compte', () => {
  it('naît avec son jeton ou pas du tout', async () => {
    const { empreinte } = await opened();
    const compte = aCompte({ id: v7() as CompteId });
    await expect(comptes.create(compte, { compteId: compte.id, empreinte, creeLe: NOW })).rejects.toThrow();
    expect((await comptes.list()).map(({ id }) => id)).not.toContain(compte.id);
  });

  it('se révoque une fois, et garde la date de la première', async () => {
    const { compte } = await opened();
    expect(await comptes.revoke(compte.id, NOW)).toBe(true);
    expect(await comptes.revoke(compte.id, addMs(NOW, 1_000))).toBe(false);
    expect(await comptes.revoke(v7() as CompteId, NOW)).toBe(false);
    const kept = (await comptes.list()).find(({ id }) => id === compte.id);
    expect(kept).toMatchObject({ ...compte, creeLe: NOW, revoqueLe: NOW });
  });

  it('se révoque par son nom, avec ceux qui le portent encore', async () => {
    const [a, b, other] = [await opened('Ancien'), await opened('Ancien'), await opened('Nouveau')];
    await comptes.revoke(a.compte.id, NOW);
    expect(await comptes.revokeByNom('Ancien', NOW)).toBe(1);
    expect(await comptes.revokeByNom('Personne', NOW)).toBe(0);
    expect(await comptes.findByJeton(b.empreinte)).toBeNull();
    expect(await comptes.findByJeton(other.empreinte)).toEqual(other.compte);
  });
});

describe('une session', () => {
  const END = addMs(NOW, 1_000);
  async function session(
    expireLe: Instant = END,
  ): Promise<{ readonly compte: Compte; readonly empreinte: string }> {
    const { compte, empreinte: jeton } = await opened();
    const empreinte = secrets.empreinteOf(secrets.mint());
    await sessions.open(empreinte, jeton, compte.id, NOW, expireLe);
    return { compte, empreinte };
  }

  it('rend son compte jusqu’à son échéance, exclue', async () => {
    const { compte, empreinte } = await session();
    expect(await sessions.find(empreinte, addMs(END, -1))).toEqual(compte);
    expect(await sessions.find(empreinte, END)).toBeNull();
  });

  it('fermée ou inconnue ne rend rien', async () => {
    const { empreinte } = await session();
    await sessions.close(empreinte);
    await sessions.close(empreinte);
    expect(await sessions.find(empreinte, NOW)).toBeNull();
  });

  it('s’éteint avec son compte', async () => {
    const { compte, empreinte } = await session();
    await comptes.revoke(compte.id, NOW);
    expect(await sessions.find(empreinte, NOW)).toBeNull();
  });

  it('échue s’efface à l’ouverture d’une autre', async () => {
    const { empreinte } = await session(NOW);
    const { empreinte: current } = await session();
    const rows: { empreinte: string }[] = await database.dataSource.query('SELECT empreinte FROM sessions');
    const kept = rows.map((row) => row.empreinte);
    expect(kept).not.toContain(empreinte);
    expect(kept).toContain(current);
  });
});

describe('une collectivité', () => {
  it('se rend telle qu’inscrite, et son SIREN garde son identité d’une mise à jour à l’autre', async () => {
    const first = aCollectivite({
      id: v7() as CollectiviteId,
      siren: '213402799' as Siren,
      referent: { nom: 'Mme Œuvre', telephone: '04', email: 'a@example.org' },
      adressesRetour: ['a@example.org', 'b, "c"@example.org', ''],
    });
    expect(await collectivites.save(first)).toEqual(first);
    const changed = {
      ...first,
      id: v7() as CollectiviteId,
      nom: 'Autre',
      referent: {},
      adressesRetour: [],
      publicationAutomatique: true,
      adresseDesActes: 'https://commune.example/actes/{identifiant}',
    };
    expect(await collectivites.save(changed)).toEqual({ ...changed, id: first.id });
    expect(await collectivites.findBySiren(first.siren)).toEqual({ ...changed, id: first.id });
    expect(await collectivites.find(first.id)).toEqual({ ...changed, id: first.id });
    expect(await collectivites.find(changed.id)).toBeNull();
  });

  it('paraît dans la liste, par nom', async () => {
    await collectivites.save(
      aCollectivite({ id: v7() as CollectiviteId, siren: '213402798' as Siren, nom: 'Aigues' }),
    );
    const noms = (await collectivites.list()).map(({ nom }) => nom);
    expect(noms).toEqual([...noms].sort());
    expect(noms).toContain('Aigues');
  });
});

describe('ce que la console administre s’inscrit au journal', () => {
  async function entriesOf(sujetId: string): Promise<readonly string[]> {
    const rows: { line: string }[] = await database.dataSource.query(
      `SELECT concat_ws(' ', chaine, evenement, acteur_genre, preuve->>'role', preuve->>'siren') AS line
        FROM audit_entries WHERE sujet_id = $1 ORDER BY rang`,
      [sujetId],
    );
    return rows.map(({ line }) => line);
  }

  it('l’ouverture d’un compte et sa révocation, une fois chacune', async () => {
    const { compte } = await opened('Journalisé');
    await comptes.revokeByNom('Journalisé', NOW);
    await comptes.revoke(compte.id, NOW);
    expect(await entriesOf(compte.id)).toEqual([
      'plateforme compte-opened console administrateur',
      'plateforme compte-revoked console administrateur',
    ]);
  });

  it('le renouvellement d’un jeton, avec la fin des autres, sans rien qui le fasse reconnaître', async () => {
    const { compte } = await opened();
    const jeton = { compteId: compte.id, empreinte: secrets.empreinteOf(secrets.mint()), creeLe: NOW };
    await comptes.renew(jeton, addMs(NOW, HOUR_MS));
    const rows: { preuve: object }[] = await database.dataSource.query(
      `SELECT preuve FROM audit_entries WHERE sujet_id = $1 AND evenement = 'jeton-renewed'`,
      [compte.id],
    );
    expect(rows).toEqual([
      {
        preuve: {
          role: 'administrateur',
          portee: 'plateforme',
          expireLe: null,
          finDesAutres: addMs(NOW, HOUR_MS),
        },
      },
    ]);
  });

  it('pas l’ouverture d’un compte que la base refuse', async () => {
    const { empreinte } = await opened();
    const other = aCompte({ id: v7() as CompteId });
    await expect(comptes.create(other, { compteId: other.id, empreinte, creeLe: NOW })).rejects.toThrow();
    expect(await entriesOf(other.id)).toEqual([]);
  });

  it('l’inscription d’une collectivité et ses changements, jamais une mise à jour qui ne change rien', async () => {
    const commune = aCollectivite({ id: v7() as CollectiviteId, siren: '213402797' as Siren });
    await Promise.all([collectivites.save(commune), collectivites.save(commune)]);
    await collectivites.save({ ...commune, nom: 'Renommée' });
    await collectivites.save({ ...commune, nom: 'Renommée' });
    const line = `${commune.id} collectivite-registered console 213402797`;
    expect(await entriesOf(commune.id)).toEqual([line, line]);
  });
});
