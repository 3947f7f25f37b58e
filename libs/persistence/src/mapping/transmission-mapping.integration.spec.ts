import { LIAISON_DIRECTE, TRANSMISSION_STATES } from '@teletransmission/teletransmission';
import type { EnveloppeId, Transmission } from '@teletransmission/teletransmission';
import { civilDate, instantOf } from '@teletransmission/kernel';
import fc from 'fast-check';
import { freshDatabase } from '../../test/fresh-database';
import type { FreshDatabase } from '../../test/fresh-database';
import { TestLedger } from '../../test/test-ledger';
import { transmissionColumns } from './transmission-mapping';

let database: FreshDatabase;
let ledger: TestLedger;
let enveloppeId: EnveloppeId;
beforeAll(async () => {
  database = await freshDatabase();
  ledger = await TestLedger.open(database.dataSource);
  const { transmission } = await ledger.deposit();
  const sealed = await ledger.seal(transmission);
  if (sealed.enveloppeId === null) throw new Error('sans enveloppe');
  ({ enveloppeId } = sealed);
});
afterAll(() => database.close());

const instant = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => instantOf(date.getTime()));
const civil = instant.map((text) => civilDate(text.slice(0, 10)));

function anyTransmission(): fc.Arbitrary<Partial<Transmission>> {
  return fc.record({
    state: fc.constantFrom(...TRANSMISSION_STATES),
    since: instant,
    version: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    cycle: fc.integer({ min: 1, max: 9_999 }),
    turn: fc.nat(),
    nextTurnAt: fc.option(instant),
    notBefore: fc.option(instant),
    ackDueAt: fc.option(instant),
    isOverdue: fc.boolean(),
    stopReason: fc.option(fc.record({ code: fc.string(), detail: fc.string({ unit: 'grapheme' }) })),
    teletransmiseLe: fc.option(instant),
    dateReception: civil,
    restored: fc.option(fc.record({ imageDu: instant, cycle: fc.integer({ min: 1, max: 9_999 }) })),
  });
}

describe('une transmission', () => {
  it('traverse la base sans rien perdre, quels que soient ses champs', async () => {
    for (const changes of fc.sample(anyTransmission(), { numRuns: 60, seed: 11 })) {
      const deposit = ledger.aDeposit();
      // En file, la date demandée au dépôt est celle du prochain tour : la base y tient.
      const nextTurnAt = changes.notBefore ?? changes.nextTurnAt ?? null;
      const transmission = {
        ...deposit.transmission,
        ...changes,
        nextTurnAt,
        enveloppeId,
        liaisonId: LIAISON_DIRECTE,
      };
      await ledger.deliberations.deposit({ ...deposit, transmission });
      expect(await ledger.transmissions.find(transmission.id)).toEqual(transmission);
    }
  });

  it('a une colonne pour chacun de ses champs', () => {
    const { transmission } = ledger.aDeposit();
    const columns = Object.keys(
      transmissionColumns({ ...transmission, stopReason: { code: 'c', detail: 'd' } }),
    );
    // La raison d'un arrêt tient en deux colonnes, l'image restaurée aussi.
    expect(columns).toHaveLength(Object.keys(transmission).length + 2);
    const inSchema = database.dataSource
      .getMetadata('transmissions')
      .columns.map(({ databaseName }) => databaseName);
    expect([...columns].sort()).toEqual([...inSchema].sort());
  });
});
