import type { Siren } from '@teletransmission/actes';
import { civilDate } from '@teletransmission/kernel';
import fc from 'fast-check';
import { freshDatabase } from '../../test/fresh-database';
import type { FreshDatabase } from '../../test/fresh-database';
import { anAuditEntry, TestLedger } from '../../test/test-ledger';
import { Statement } from '../statements/statement';
import { AuditChains } from './audit-chains';

let database: FreshDatabase;
let ledger: TestLedger;
let chains: AuditChains;
let chaine: string;
let siren = 200_000_000;
beforeAll(async () => {
  database = await freshDatabase();
  chains = new AuditChains(database.dataSource);
});
beforeEach(async () => {
  ledger = await openLedger();
  chaine = ledger.collectivite.id;
});
afterAll(() => database.close());

/** Une collectivité neuve, donc une chaîne neuve. */
function openLedger(dataSource = database.dataSource): Promise<TestLedger> {
  siren += 1;
  return TestLedger.open(dataSource, { siren: String(siren) as Siren });
}

async function write(...entries: Parameters<typeof anAuditEntry>[0][]): Promise<void> {
  const statement = new Statement();
  statement.step('ici', 'SELECT 1');
  for (const [index, changes] of entries.entries())
    statement.audit(`a${index}`, anAuditEntry({ collectiviteId: ledger.collectivite.id, ...changes }), 'ici');
  await database.dataSource.query(...statement.finish('SELECT 1'));
}

/** Écrit malgré les gardes, comme le ferait un administrateur de la base. */
async function tamper(sql: string, parameters: readonly unknown[]): Promise<void> {
  await database.owner.query('ALTER TABLE audit_entries DISABLE TRIGGER USER');
  await database.owner.query(sql, [...parameters]);
  await database.owner.query('ALTER TABLE audit_entries ENABLE TRIGGER USER');
}

describe('la chaîne d’audit', () => {
  it('se recalcule hors de la base : une vie entière, et les retours sans collectivité', async () => {
    const { transmission } = await ledger.transmitted();
    await ledger.acknowledge(transmission, civilDate('2022-11-02'));
    await ledger.receive();
    expect(await chains.verify()).toMatchObject({ chaines: 2, entries: 6, faults: [] });
    expect(await chains.verify(chaine)).toMatchObject({ chaines: 1, entries: 5, faults: [] });
    expect(await chains.verify('plateforme')).toMatchObject({ chaines: 1, entries: 1, faults: [] });
  });

  it.each([
    ['accents et ligatures', 'Éléonore, œuvre, ça — « l’été »'],
    ['guillemets et barres', `"double" 'simple' \\ / \`grave\` $1 %s`],
    ['émoji et plans lointains', '🏛️👩🏽‍⚖️ 𝔸 \u{10FFFF}'],
    ['caractères de contrôle', '\u0001\u0007\b\t\n\v\f\r\u001b\u001f\u007f\u0085'],
    ['séparateurs d’écriture', '\u2028\u2029\u200f\u202e\ufeff'],
    ['caractère nul et moitiés de paire', 'a\u0000b\ud800c\udfff'],
    ['texte long', 'é'.repeat(20_000)],
  ])('tient quels que soient motif et preuve : %s', async (_, text) => {
    const acteur = { kind: 'compte', id: ledger.compte.id, nom: text } as const;
    await write({
      motif: text,
      sujetId: text,
      acteur,
      preuve: { [text]: text, n: 1e21, z: -0, f: 0.1, nul: null },
    });
    expect(await chains.verify(chaine)).toMatchObject({ chaines: 1, entries: 1, faults: [] });
  });

  it('tient pour tout texte et toute preuve', async () => {
    const preuve = fc.dictionary(
      fc.string({ unit: 'binary' }),
      fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.boolean()),
    );
    const entries = fc.sample(fc.record({ motif: fc.string({ unit: 'binary' }), preuve }), {
      numRuns: 150,
      seed: 7,
    });
    for (const { motif, preuve: evidence } of entries) await write({ motif, preuve: evidence });
    expect(await chains.verify(chaine)).toMatchObject({ chaines: 1, entries: 150, faults: [] });
  });

  it('garde l’ordre et le lien de deux lignes écrites par un même ordre', async () => {
    await write({ sujetId: 'une' }, { sujetId: 'deux' }, { sujetId: 'trois' });
    expect(await chains.verify(chaine)).toMatchObject({ chaines: 1, entries: 3, faults: [] });
  });

  it('ne se rompt ni ne bifurque sous deux cents écritures simultanées', async () => {
    const other = await database.another(20);
    const others = await Promise.all([1, 2].map(() => openLedger(other)));
    const ledgers = [ledger, ...others];
    await Promise.all(
      Array.from({ length: 200 }, (_, n) => {
        const { collectivite, dataSource } = ledgers[n % 3] ?? ledger;
        const statement = new Statement();
        statement.step('ici', 'SELECT 1');
        statement.audit('a', anAuditEntry({ collectiviteId: collectivite.id, sujetId: `s${n}` }), 'ici');
        return dataSource.query(...statement.finish('SELECT 1'));
      }),
    );
    let entries = 0;
    for (const { collectivite } of ledgers) {
      const report = await chains.verify(collectivite.id);
      expect(report.faults).toEqual([]);
      entries += report.entries;
    }
    expect(entries).toBe(200);
    const forks: unknown[] = await database.dataSource.query(
      'SELECT 1 FROM audit_entries GROUP BY chaine, empreinte_precedente HAVING count(*) > 1',
    );
    expect(forks).toEqual([]);
  });

  it('n’a pas de trou quand une écriture est abandonnée', async () => {
    await write({});
    const runner = database.dataSource.createQueryRunner();
    await runner.startTransaction();
    const statement = new Statement();
    statement.step('ici', 'SELECT 1');
    statement.audit('a', anAuditEntry({ collectiviteId: ledger.collectivite.id }), 'ici');
    await runner.query(...statement.finish('SELECT 1'));
    await runner.rollbackTransaction();
    await runner.release();
    await write({});
    expect(await chains.verify(chaine)).toMatchObject({ chaines: 1, entries: 2, faults: [] });
  });
});

describe('la vérification trouve', () => {
  const fault = (rang: number, code: string): unknown => ({
    chaine,
    rang,
    code: `audit/${code}`,
  });
  beforeEach(async () => {
    for (const motif of ['un', 'deux', 'trois', 'quatre']) await write({ motif });
  });

  it.each([
    ['motif', `motif = 'autre'`],
    ['sujet', `sujet_id = 'autre'`],
    ['événement', `evenement = 'retour-applied'`],
    ['instant', `instant = instant + interval '1 millisecond'`],
    ['acteur', `acteur_genre = 'service'`],
    ['preuve', `preuve = '{"faux":1}'`],
    ['preuve remise en forme', `preuve = '{ }'`],
  ])('une ligne dont on a changé : %s', async (_, set) => {
    await tamper(`UPDATE audit_entries SET ${set} WHERE rang = 2 AND chaine = $1`, [chaine]);
    expect((await chains.verify(chaine)).faults).toEqual([fault(2, 'altered')]);
  });

  it('une ligne passée à une autre collectivité', async () => {
    const { collectivite } = await openLedger();
    await tamper('UPDATE audit_entries SET collectivite_id = $2 WHERE rang = 2 AND chaine = $1', [
      chaine,
      collectivite.id,
    ]);
    expect((await chains.verify(chaine)).faults).toEqual([fault(2, 'altered')]);
  });

  it('une ligne changée dont on a refait l’empreinte : la suivante ne la suit plus', async () => {
    await tamper(`UPDATE audit_entries SET empreinte = repeat('a', 64) WHERE rang = 2 AND chaine = $1`, [
      chaine,
    ]);
    expect((await chains.verify(chaine)).faults).toEqual([fault(2, 'altered'), fault(3, 'unlinked')]);
  });

  it.each([
    ['au début', 1],
    ['au milieu', 2],
    ['à la fin', 4],
  ])('une ligne ôtée %s', async (_, rang) => {
    await tamper('DELETE FROM audit_entries WHERE rang = $2 AND chaine = $1', [chaine, rang]);
    expect((await chains.verify(chaine)).faults).toEqual([fault(rang, 'missing')]);
  });

  it('une chaîne ôtée entière', async () => {
    await tamper('DELETE FROM audit_entries WHERE chaine = $1', [chaine]);
    expect(await chains.verify(chaine)).toMatchObject({
      chaines: 1,
      entries: 0,
      faults: [fault(1, 'missing')],
    });
  });

  it('un dernier rang ramené en arrière pour cacher la suite', async () => {
    await tamper('UPDATE chaines_audit SET rang = 3 WHERE chaine = $1', [chaine]);
    expect((await chains.verify(chaine)).faults).toEqual([fault(4, 'unlinked')]);
  });

  it('rien de ce qui s’écrit pendant qu’elle lit', async () => {
    const [report] = await Promise.all([chains.verify(chaine), write({}, {}, {}), write({}, {})]);
    expect(report.faults).toEqual([]);
    expect(report.entries).toBeGreaterThanOrEqual(4);
  });
});

describe('une ancre gardée ailleurs', () => {
  it('reste vraie tant que la chaîne ne fait que s’allonger', async () => {
    await write({}, {});
    const anchors = await chains.heads();
    await write({}, {});
    expect((await chains.verify(chaine, { anchors })).faults).toEqual([]);
  });

  it('trahit une fin coupée avec son dernier rang, que la chaîne seule ne dit pas', async () => {
    await write({}, {}, {});
    const anchors = await chains.heads();
    await tamper('DELETE FROM audit_entries WHERE chaine = $1 AND rang = 3', [chaine]);
    await tamper(
      `UPDATE chaines_audit SET rang = 2, empreinte = (SELECT empreinte FROM audit_entries WHERE chaine = $1 AND rang = 2)
        WHERE chaine = $1`,
      [chaine],
    );
    expect((await chains.verify(chaine)).faults).toEqual([]);
    expect((await chains.verify(chaine, { anchors })).faults).toEqual([
      { chaine, rang: 3, code: 'audit/cut' },
    ]);
  });

  it('trahit une chaîne refaite tout entière', async () => {
    await write({}, { motif: 'vrai' });
    const anchors = await chains.heads();
    await tamper('DELETE FROM audit_entries WHERE chaine = $1', [chaine]);
    await tamper('DELETE FROM chaines_audit WHERE chaine = $1', [chaine]);
    await write({}, { motif: 'faux' }, {});
    expect((await chains.verify(chaine)).faults).toEqual([]);
    expect((await chains.verify(chaine, { anchors })).faults).toEqual([
      { chaine, rang: 2, code: 'audit/rebuilt' },
    ]);
  });

  it('trahit une chaîne disparue', async () => {
    await write({});
    const anchors = await chains.heads();
    await tamper('DELETE FROM audit_entries WHERE chaine = $1', [chaine]);
    await tamper('DELETE FROM chaines_audit WHERE chaine = $1', [chaine]);
    expect((await chains.verify(chaine, { anchors })).faults).toEqual([
      { chaine, rang: 1, code: 'audit/cut' },
    ]);
  });
});
