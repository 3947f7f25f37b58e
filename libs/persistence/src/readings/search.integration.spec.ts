import type { NumeroInterne, Siren } from '@teletransmission/actes';
import type { CivilDate, Instant } from '@teletransmission/kernel';
import { civilDate } from '@teletransmission/kernel';
import type { AcknowledgementCriteria, Deliberation } from '@teletransmission/teletransmission';
import { searchableText } from '@teletransmission/teletransmission';
import fc from 'fast-check';
import { freshDatabase } from '../../test/fresh-database';
import type { FreshDatabase } from '../../test/fresh-database';
import { anAuditEntry, TestLedger } from '../../test/test-ledger';

let database: FreshDatabase;
let ledger: TestLedger;
beforeAll(async () => {
  database = await freshDatabase();
  ledger = await TestLedger.open(database.dataSource);
});
afterAll(() => database.close());

async function found(criteria: AcknowledgementCriteria, from = ledger): Promise<readonly string[]> {
  const { items } = await from.readings.search(
    { collectiviteId: from.collectivite.id, ...criteria },
    null,
    1_000,
  );
  return items.map(({ numeroInterne }) => numeroInterne).sort();
}

const named = (numero: string, changes: Partial<Deliberation> = {}): Partial<Deliberation> => ({
  numeroInterne: numero as NumeroInterne,
  ...changes,
});

describe('la recherche par mots', () => {
  beforeAll(async () => {
    const objets = {
      M1: 'Création d’une œuvre à l’École élémentaire',
      M2: 'CREATION DE POSTE',
      M3: 'Tarif au m² et n° 2e5eme, « 1er » étage',
      M4: 'Łódź : jumelage — straße',
    };
    for (const [numero, objet] of Object.entries(objets)) await ledger.deposit(named(numero, { objet }));
  });

  it.each([
    ['création', ['M1', 'M2']],
    ['CREATION', ['M1', 'M2']],
    ['cré', ['M1', 'M2']],
    ['ecole', ['M1']],
    ['oeuvre', ['M1']],
    ['œuv', ['M1']],
    ['poste création', ['M2']],
    ['élémentaire crea ecole', ['M1']],
    ['création marché', []],
    ['reation', []],
    ['m²', ['M3']],
    ['2e5', ['M3']],
    ['1er', ['M3']],
    ['Łódź', ['M4']],
    ["l'école", ['M1']],
    [`d'une & | ! ( ) : * ' " \\ école`, ['M1']],
  ])('« %s » trouve %j', async (mots, expected) => {
    expect(await found({ mots })).toEqual(expected);
  });

  it('sans mot qui se lise, ne filtre pas', async () => {
    expect(await found({ mots: ' — !' })).toEqual(['M1', 'M2', 'M3', 'M4']);
  });

  it('trouve tout objet par n’importe quel début de n’importe lequel de ses mots', async () => {
    const other = await TestLedger.open(database.dataSource, { siren: '213402799' as Siren });
    const objet = fc.string({
      unit: fc.constantFrom('a', 'é', 'œ', '2', 'e', '5', '²', 'ß', ' '),
      minLength: 1,
      maxLength: 40,
    });
    const objets = fc.sample(objet, { numRuns: 40, seed: 3 }).filter((text) => searchableText(text) !== '');
    for (const [n, text] of objets.entries()) {
      await other.deposit(named(`P${n}`, { objet: text }));
      const [mot = ''] = searchableText(text).split(' ').slice(-1);
      for (let length = 1; length <= mot.length; length += 1) {
        expect(await found({ mots: mot.slice(0, length) }, other)).toContain(`P${n}`);
      }
    }
    expect(objets.length).toBeGreaterThan(30);
  });
});

describe('la recherche par critère', () => {
  beforeAll(async () => {
    ledger = await TestLedger.open(database.dataSource, { siren: '213402762' as Siren });
    for (const matiere of ['7.1', '7.10', '7.1.2', '8.1'])
      await ledger.deposit(named(`MAT${matiere.replaceAll('.', '_')}`, { matiere }));
  });

  it.each([
    ['7', ['MAT7_1', 'MAT7_10', 'MAT7_1_2']],
    ['7.1', ['MAT7_1', 'MAT7_1_2']],
    ['7.10', ['MAT7_10']],
    ['7.1.2', ['MAT7_1_2']],
    ['70', []],
    ['%', []],
    ['_.1', []],
  ])('matière %s trouve %j', async (matiere, expected) => {
    expect(await found({ matiere })).toEqual(expected);
  });

  it('nature, identifiant, SIREN et collectivité se comparent entiers', async () => {
    const { deliberation } = await ledger.deposit(named('CC1', { nature: 'CC' }));
    expect(await found({ nature: 'CC' })).toEqual(['CC1']);
    const { identifiantActe: identifiant } = deliberation;
    const cut = identifiant.slice(0, -1) as typeof identifiant;
    expect(await found({ reference: { kind: 'identifiant', identifiant } })).toEqual(['CC1']);
    expect(await found({ reference: { kind: 'identifiant', identifiant: cut } })).toEqual([]);
    expect(await found({ siren: '213402762' })).toHaveLength(5);
    expect(await found({ siren: '21340276' })).toEqual([]);
    const { items } = await ledger.readings.search({ siren: '213402761' }, null, 100);
    expect(new Set(items.map(({ collectivite }) => collectivite.siren))).toEqual(new Set(['213402761']));
  });

  it('une référence se cherche par identité, par numéro exact, ou par partie d’identifiant, quels qu’en soient les séparateurs', async () => {
    const { deliberation, transmission } = await ledger.deposit(named('D_62/B'));
    await ledger.deposit(named('D_62/BIS'));
    for (const id of [deliberation.id, transmission.id])
      expect(await found({ reference: { kind: 'id', id } })).toEqual(['D_62/B']);
    expect(await found({ reference: { kind: 'numero', texte: 'D-62-B' } })).toEqual(['D_62/B']);
    expect(await found({ reference: { kind: 'partie', texte: '62-B' } })).toEqual(['D_62/B', 'D_62/BIS']);
    expect(await found({ reference: { kind: 'partie', texte: '%' } })).toEqual([]);
  });

  it('état, retard et accusé suivent la transmission', async () => {
    const { transmission: late } = await ledger.transmitted(named('TARD'));
    await ledger.happen(late, {
      event: 'ack-deadline-passed',
      actor: { kind: 'horloge' },
      patch: { isOverdue: true },
    });
    const { transmission } = await ledger.transmitted(named('VU'));
    await ledger.acknowledge(transmission, civilDate('2022-11-03'));
    expect(await found({ etat: 'awaiting-ack' })).toEqual(['TARD']);
    expect(await found({ enRetard: true })).toEqual(['TARD']);
    expect(await found({ avecAccuse: true })).toEqual(['VU']);
    expect(await found({ etat: 'acknowledged', enRetard: true })).toEqual([]);
    expect(await found({ avecAccuse: false, enRetard: false })).toEqual(await found({}));
  });
});

describe('la recherche par période', () => {
  const period = (du: string, au = du): { du: CivilDate; au: CivilDate } => ({
    du: civilDate(du),
    au: civilDate(au),
  });
  beforeAll(async () => {
    ledger = await TestLedger.open(database.dataSource, { siren: '213402763' as Siren });
    for (const day of ['2022-10-19', '2022-10-20', '2022-10-21']) {
      await ledger.deposit(named(`D${day.slice(-2)}`, { dateDecision: civilDate(day) }));
    }
  });

  it('tient ses deux bornes pour incluses', async () => {
    expect(await found({ decision: period('2022-10-20') })).toEqual(['D20']);
    expect(await found({ decision: period('2022-10-19', '2022-10-21') })).toEqual(['D19', 'D20', 'D21']);
    expect(await found({ decision: { du: civilDate('2022-10-20') } })).toEqual(['D20', 'D21']);
    expect(await found({ decision: { au: civilDate('2022-10-20') } })).toEqual(['D19', 'D20']);
    expect(await found({ decision: period('2022-10-21', '2022-10-19') })).toEqual([]);
  });

  it('compte le jour de télétransmission dans le fuseau de la collectivité', async () => {
    await ledger.transmitted(named('NUIT'), '2022-11-02T23:30:00.000Z' as Instant);
    expect(await found({ teletransmission: period('2022-11-03') })).toEqual(['NUIT']);
    expect(await found({ teletransmission: period('2022-11-02') })).toEqual([]);
    const reunion = await TestLedger.open(database.dataSource, {
      siren: '213402764' as Siren,
      fuseau: 'Indian/Reunion',
    });
    await reunion.transmitted(named('SOIR'), '2022-11-02T19:59:59.999Z' as Instant);
    await reunion.transmitted(named('MINUIT'), '2022-11-02T20:00:00.000Z' as Instant);
    expect(await found({ teletransmission: period('2022-11-02') }, reunion)).toEqual(['SOIR']);
    expect(await found({ teletransmission: period('2022-11-03') }, reunion)).toEqual(['MINUIT']);
  });

  it('suit l’heure d’hiver et l’heure d’été', async () => {
    await ledger.transmitted(named('ETE'), '2022-10-29T22:30:00.000Z' as Instant);
    await ledger.transmitted(named('HIVER'), '2022-10-30T22:30:00.000Z' as Instant);
    expect(await found({ teletransmission: period('2022-10-30') })).toEqual(['ETE', 'HIVER']);
  });

  it('s’applique à la réception et à la publication, qui manquent à ce qui n’en a pas', async () => {
    const { transmission, deliberation } = await ledger.transmitted(named('FINI'));
    await ledger.acknowledge(transmission, civilDate('2022-12-31'));
    const publication = await ledger.publications.find(deliberation.id);
    if (!publication) throw new Error('sans publication');
    const audit = anAuditEntry({
      collectiviteId: deliberation.collectiviteId,
      sujet: 'publication',
      sujetId: deliberation.id,
      evenement: 'publication-declared',
      etatAvant: 'unpublished',
      etatApres: 'published',
    });
    const datePublication = civilDate('2023-01-01');
    await ledger.publications.record({
      publication,
      to: 'published',
      datePublication,
      adresse: 'https://commune.example.org',
      declaration: null,
      audit,
    });
    expect(await found({ reception: period('2022-12-31') })).toEqual(['FINI']);
    expect(await found({ publication: period('2023-01-01') })).toEqual(['FINI']);
    expect(await found({ reception: period('2022-12-31'), publication: period('2022-12-31') })).toEqual([]);
  });
});
