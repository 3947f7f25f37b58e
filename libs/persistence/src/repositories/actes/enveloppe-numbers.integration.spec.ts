import type { Siren } from '@teletransmission/actes';
import { civilDate } from '@teletransmission/kernel';
import type { Enveloppe, EnveloppeId, Transmission } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { freshDatabase } from '../../../test/fresh-database';
import type { FreshDatabase } from '../../../test/fresh-database';
import { TestLedger } from '../../../test/test-ledger';

const JOUR = civilDate('2022-12-31');

let database: FreshDatabase;
let workers: DataSource;
let ledger: TestLedger;
let siren = 300_000_000;
beforeAll(async () => {
  database = await freshDatabase();
  workers = await database.another(50);
});
beforeEach(async () => {
  siren += 1;
  ledger = await TestLedger.open(workers, { siren: String(siren) as Siren });
});
afterAll(() => database.close());

function allocate(transmission: Transmission, jour = JOUR): Promise<Enveloppe> {
  return ledger.transmissions.allocateEnveloppe(
    transmission,
    ledger.collectivite.siren,
    jour,
    v7() as EnveloppeId,
  );
}

async function deposits(count: number): Promise<readonly Transmission[]> {
  const all = await Promise.all(Array.from({ length: count }, () => ledger.deposit()));
  return all.map(({ transmission }) => transmission);
}

const exhaust = (dernier: number): Promise<unknown> =>
  ledger.dataSource.query('INSERT INTO compteurs_enveloppes (siren, jour, dernier) VALUES ($1, $2, $3)', [
    ledger.collectivite.siren,
    JOUR,
    dernier,
  ]);

describe('les numéros d’enveloppe du jour', () => {
  it('se suivent sans trou ni double, cinquante travailleurs les demandant ensemble', async () => {
    const enveloppes = await Promise.all((await deposits(50)).map((transmission) => allocate(transmission)));
    const numbers = enveloppes.map(({ numero }) => numero).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
  });

  it('ne se prennent qu’une fois quand cinquante travailleurs tiennent le même acte', async () => {
    const [transmission] = await deposits(1);
    if (!transmission) throw new Error('sans dépôt');
    const enveloppes = await Promise.all(Array.from({ length: 50 }, () => allocate(transmission)));
    expect(new Set(enveloppes.map(({ id }) => id)).size).toBe(1);
    const [next] = await deposits(1);
    expect(next && (await allocate(next)).numero).toBe(2);
  });

  it('recommencent à 1 chaque jour, et pour chaque émettrice', async () => {
    const [a, b, c] = await deposits(3);
    if (!a || !b || !c) throw new Error('sans dépôt');
    expect((await allocate(a)).numero).toBe(1);
    expect((await allocate(b)).numero).toBe(2);
    expect(await allocate(c, civilDate('2023-01-01'))).toMatchObject({ numero: 1, jour: '2023-01-01' });
    const first = ledger;
    ledger = await TestLedger.open(first.dataSource, { siren: '399999999' as Siren });
    const [other] = await deposits(1);
    expect(other && (await allocate(other)).numero).toBe(1);
  });

  it('s’arrêtent à 9999 : le suivant est refusé, rien n’est pris, et le lendemain en redonne', async () => {
    await exhaust(9_998);
    const [a, b] = await deposits(2);
    if (!a || !b) throw new Error('sans dépôt');
    expect((await allocate(a)).numero).toBe(9_999);
    await expect(allocate(b)).rejects.toMatchObject({ code: 'enveloppe/numbers-exhausted', retry: 'later' });
    await expect(allocate(b)).rejects.toMatchObject({ code: 'enveloppe/numbers-exhausted' });
    expect((await allocate(a)).numero).toBe(9_999);
    expect((await allocate(b, civilDate('2023-01-01'))).numero).toBe(1);
  });

  it('ne laissent pas de trou quand l’allocation échoue', async () => {
    const [a, b] = await deposits(2);
    if (!a || !b) throw new Error('sans dépôt');
    const taken = v7() as EnveloppeId;
    const { siren: mine } = ledger.collectivite;
    await ledger.transmissions.allocateEnveloppe(a, mine, JOUR, taken);
    await expect(ledger.transmissions.allocateEnveloppe(b, mine, JOUR, taken)).rejects.toThrow();
    expect((await allocate(b)).numero).toBe(2);
  });
});

describe('l’enveloppe dont parle la préfecture', () => {
  it.each([
    ['un numéro que la base ne sait pas compter', { numero: 99_999_999_999 }],
    ['un numéro démesuré', { numero: Number('9'.repeat(400)) }],
  ])('n’est aucune des nôtres, sans erreur : %s', async (_, changes) => {
    const key = { quadrigramme: 'TACT', siren: ledger.collectivite.siren, jour: JOUR, ...changes };
    expect(await ledger.transmissions.findByEnveloppe(key)).toBeNull();
  });

  it('n’est plus celle d’un acte remis en file depuis', async () => {
    const [transmission] = await deposits(1);
    if (!transmission) throw new Error('sans dépôt');
    const sealed = await ledger.seal(transmission, JOUR);
    const key = { quadrigramme: 'TACT', siren: ledger.collectivite.siren, jour: JOUR, numero: 1 };
    expect((await ledger.transmissions.findByEnveloppe(key))?.transmission.id).toBe(sealed.id);
    expect(await ledger.transmissions.findByEnveloppe({ ...key, quadrigramme: 'EACT' })).toBeNull();
    const held = await ledger.happen(sealed, { event: 'put-on-hold' });
    await ledger.happen(held, { event: 'resubmitted', patch: { cycle: 2, enveloppeId: null } });
    expect(await ledger.transmissions.findByEnveloppe(key)).toMatchObject({ isCurrent: false });
  });
});
