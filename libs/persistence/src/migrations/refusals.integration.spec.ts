import {
  advanceTransmission,
  allowedTransmissionEvents,
  TRANSMISSION_STATES,
} from '@teletransmission/teletransmission';
import type { Transmission } from '@teletransmission/teletransmission';
import { freshDatabase } from '../../test/fresh-database';
import type { FreshDatabase } from '../../test/fresh-database';
import { anAuditEntry, TestLedger } from '../../test/test-ledger';
import { Statement } from '../statements/statement';

let database: FreshDatabase;
let ledger: TestLedger;
beforeAll(async () => {
  database = await freshDatabase();
  ledger = await TestLedger.open(database.dataSource);
});
afterAll(() => database.close());

/** Le code SQLSTATE du refus, au propriétaire lui-même, ou `null` quand l'ordre passe ; rien n'en reste dans les deux cas. */
async function refusalOf(
  ...orders: readonly (readonly [sql: string, parameters?: unknown[]])[]
): Promise<string | null> {
  const runner = database.owner.createQueryRunner();
  await runner.startTransaction();
  try {
    for (const [sql, parameters] of orders) await runner.query(sql, parameters);
    return null;
  } catch (error) {
    return (error as { driverError: { code: string } }).driverError.code;
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}

const CHECK = '23514';
const PRIVILEGE = '42501';

describe('la base refuse d’elle-même', () => {
  let transmission: Transmission;
  beforeAll(async () => {
    transmission = (await ledger.transmitted()).transmission;
  });

  const jump = (from: string, to: string): Promise<string | null> => {
    const move = (state: string): readonly [string, unknown[]] => [
      `UPDATE transmissions SET state = $2, version = version + 1, date_reception = '2022-11-02' WHERE id = $1`,
      [transmission.id, state],
    ];
    // Le déclencheur seul garde la table : on le coupe le temps de poser l'état de départ.
    return refusalOf(
      ['ALTER TABLE transmissions DISABLE TRIGGER transmissions_transition'],
      move(from),
      ['ALTER TABLE transmissions ENABLE TRIGGER transmissions_transition'],
      move(to),
    );
  };

  it.each(TRANSMISSION_STATES)(
    'depuis « %s », tout état que la table n’atteint pas pour un acte',
    async (from) => {
      const reachable = allowedTransmissionEvents(from)
        .map((event) => advanceTransmission(from, event))
        .flatMap((to) => (to.ok ? [to.value] : []));
      const passed: string[] = [];
      for (const to of TRANSMISSION_STATES) {
        const refusal = await jump(from, to);
        if (refusal === null) passed.push(to);
        else expect(refusal).toBe(CHECK);
      }
      expect(passed.sort()).toEqual([...new Set(reachable)].sort());
    },
  );

  it.each([0, 2, -1])('un changement dont la version avance de %i', async (step) => {
    const order = `UPDATE transmissions SET state = 'rejected', version = version + $2 WHERE id = $1`;
    expect(await refusalOf([order, [transmission.id, step]])).toBe(CHECK);
    expect(await refusalOf([order, [transmission.id, 1]])).toBeNull();
  });

  it('un état inconnu, un acquittement sans date, une enveloppe scellée sans enveloppe', async () => {
    const set = (columns: string): Promise<string | null> =>
      refusalOf([
        `UPDATE transmissions SET ${columns}, version = version + 1 WHERE id = $1`,
        [transmission.id],
      ]);
    expect(await set(`state = 'perdue'`)).toBe(CHECK);
    expect(await set(`state = 'acknowledged'`)).toBe(CHECK);
    expect(await set(`state = 'awaiting-ack', enveloppe_id = NULL`)).toBe(CHECK);
    expect(await set(`state = 'acknowledged', date_reception = '2022-11-02'`)).toBeNull();
  });

  it('un acte en file qui oublie la date demandée à son dépôt, tant qu’elle est à venir', async () => {
    const { transmission: queued } = await ledger.deposit();
    const set = (columns: string): Promise<string | null> =>
      refusalOf(
        ['ALTER TABLE transmissions DISABLE TRIGGER transmissions_transition'],
        [`UPDATE transmissions SET ${columns} WHERE id = $1`, [queued.id]],
      );
    const ahead = `pas_avant = since + interval '1 day'`;
    expect(await set(ahead)).toBe(CHECK);
    expect(await set(`${ahead}, next_turn_at = since`)).toBe(CHECK);
    expect(await set(`${ahead}, next_turn_at = since + interval '1 day'`)).toBeNull();
    expect(await set('pas_avant = since')).toBeNull();
  });

  it('une date de publication que ne fondent ni une adresse ni la déclaration d’une personne', async () => {
    const { deliberation } = await ledger.deposit();
    const publish = (columns: string): readonly [sql: string, parameters: unknown[]] => [
      `UPDATE publications SET state = 'published', date_publication = '2022-11-02', ${columns} WHERE deliberation_id = $1`,
      [deliberation.id],
    ];
    const declared = `moyen = 'affichage', declaree_par = '${ledger.compte.id}', declaree_le = now()`;
    const online = `adresse = 'https://commune.example/62'`;
    const refusals = [
      'adresse = NULL',
      `adresse = 'commune.example'`,
      `adresse = 'https://${'a'.repeat(2000)}'`,
      `moyen = 'affichage'`,
      `${declared}, moyen = 'tambour'`.replace(`moyen = 'affichage', `, ''),
      'sans_adresse_connue = true',
    ];
    for (const columns of refusals)
      expect([columns, await refusalOf(publish(columns))]).toEqual([columns, CHECK]);
    expect(await refusalOf(publish(declared))).toBeNull();
    expect(await refusalOf(publish(online))).toBeNull();
    // Publiée est permanente : la date qui a fait courir les délais ne se déplace plus.
    expect(await refusalOf(publish(online), publish(declared))).toBe(CHECK);
  });

  it('un modèle d’adresse où l’acte n’a pas sa place', async () => {
    const set = (adresse: string): Promise<string | null> =>
      refusalOf(['UPDATE collectivites SET adresse_des_actes = $1', [adresse]]);
    expect(await set('https://commune.example/actes')).toBe(CHECK);
    expect(await set('ftp://commune.example/{identifiant}')).toBe(CHECK);
    expect(await set('https://commune.example/{identifiant}')).toBeNull();
  });

  it('un second envoi ouvert de la même transmission', async () => {
    const { transmission: sent } = await ledger.deposit();
    const sending = await ledger.send(await ledger.seal(sent));
    const again = await refusalOf([
      `INSERT INTO envois (id, transmission_id, collectivite_id, enveloppe_id, turn, jeton, ouvert_le, bail_jusqua)
        SELECT gen_random_uuid(), transmission_id, collectivite_id, enveloppe_id, turn + 1, jeton + 1, ouvert_le, bail_jusqua FROM envois WHERE transmission_id = $1`,
      [sending.id],
    ]);
    expect(again).toBe('23505');
  });
});

describe('le journal d’audit refuse', () => {
  const write = (changes: Parameters<typeof anAuditEntry>[0]): Promise<string | null> => {
    const statement = new Statement();
    statement.step('ici', 'SELECT 1');
    statement.audit('journal', anAuditEntry(changes), 'ici');
    return refusalOf(statement.finish('SELECT 1'));
  };

  it.each([
    [
      'une paire absente de la table',
      { evenement: 'ar-received', etatAvant: 'withdrawn', etatApres: 'acknowledged' },
    ],
    ['un événement qui mène ailleurs', { evenement: 'withdrawn', etatAvant: 'queued', etatApres: 'held' }],
    ['une naissance dans un autre état', { evenement: 'deposited', etatApres: 'acknowledged' }],
    ['une naissance par un autre événement', { evenement: 'ar-received', etatApres: 'queued' }],
    ['une disparition', { evenement: 'withdrawn', etatAvant: 'queued', etatApres: null }],
  ])('%s', async (_, changes) => {
    expect(await write({ sujet: 'transmission', ...changes })).toBe(CHECK);
  });

  it('une transition d’une autre vie', async () => {
    const settled = { evenement: 'retour-applied', etatAvant: 'received', etatApres: 'applied' };
    expect(await write({ sujet: 'publication', ...settled })).toBe(CHECK);
    expect(await write({ sujet: 'retour', ...settled })).toBeNull();
  });

  it('une délibération hors de la chaîne de sa collectivité', async () => {
    const { deliberation } = await ledger.deposit();
    expect(await write({ deliberationId: deliberation.id })).toBe(CHECK);
    expect(
      await write({ deliberationId: deliberation.id, collectiviteId: deliberation.collectiviteId }),
    ).toBeNull();
  });

  it('admet ce qui n’a pas d’état', async () => {
    expect(await write({ sujet: 'compte', evenement: 'compte-opened', etatApres: null })).toBeNull();
  });

  it.each([
    ['de changer une ligne', `UPDATE audit_entries SET motif = 'autre'`],
    ['d’en ôter une', 'DELETE FROM audit_entries'],
    ['de le vider', 'TRUNCATE audit_entries'],
    ['de le vider par une table voisine', 'TRUNCATE deliberations CASCADE'],
  ])('%s', async (_, order) => {
    await ledger.receive();
    expect(await refusalOf([order])).toBe(PRIVILEGE);
  });
});
