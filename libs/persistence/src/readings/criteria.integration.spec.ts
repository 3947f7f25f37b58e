import type { NumeroInterne, Siren } from '@teletransmission/actes';
import type { CivilDate } from '@teletransmission/kernel';
import { civilDate, civilDateAt } from '@teletransmission/kernel';
import type {
  AcknowledgementCriteria,
  DeliberationView,
  Period,
  TransmissionState,
} from '@teletransmission/teletransmission';
import { TRANSMISSION_STATES } from '@teletransmission/teletransmission';
import fc from 'fast-check';
import { freshDatabase } from '../../test/fresh-database';
import type { FreshDatabase } from '../../test/fresh-database';
import { TestLedger } from '../../test/test-ledger';
import { PgReadings } from './pg-readings';

/*
 * Une page se cherche par l'un ou l'autre index selon ce qui est demandé : quel que soit le chemin, elle rend ce qu'un tri de tous les
 * actes rendrait.
 */

let database: FreshDatabase;
let readings: PgReadings;
let all: readonly DeliberationView[];
/** Trois collectivités de fuseaux éloignés : un même instant y est d'un jour ou d'un autre. */
const ZONES = [
  ['213402761', 'Europe/Paris'],
  ['219710017', 'America/Cayenne'],
  ['219810015', 'Pacific/Noumea'],
] as const;
const EACH = 40;

beforeAll(async () => {
  database = await freshDatabase();
  readings = new PgReadings(database.dataSource);
  for (const [siren, fuseau] of ZONES) {
    const ledger = await TestLedger.open(database.dataSource, { siren: siren as Siren, fuseau });
    for (let n = 0; n < EACH; n += 1)
      await ledger.deposit({
        numeroInterne: `${n}` as NumeroInterne,
        dateDecision: civilDate(`2022-10-0${1 + (n % 9)}`),
        objet: n % 3 === 0 ? 'Création d’un poste' : 'Tarifs de la cantine',
      });
  }
  await scatter();
  all = (await readings.search({}, null, 1_000)).items;
});
afterAll(() => database.close());

/** Chaque acte a un état, une heure de départ, une réception et une publication, posés là par son rang. */
async function scatter(): Promise<void> {
  await database.owner.transaction(async (manager) => {
    await manager.query('SET LOCAL session_replication_role = replica');
    // Toutes les réunions d'états et de dates, même celles qu'une vie n'aurait pas : la recherche, elle, les rencontre une à une.
    const checks: { order: string }[] = await manager.query(
      `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS "order" FROM pg_constraint
        WHERE contype = 'c' AND conrelid IN ('transmissions'::regclass, 'publications'::regclass)`,
    );
    for (const { order } of checks) await manager.query(order);
    await manager.query(
      `UPDATE transmissions t SET state = ($1::text[])[1 + n % cardinality($1::text[])], is_overdue = n % 5 = 0,
        teletransmise_le = CASE WHEN n % 4 > 0 THEN '2022-10-03T00:00:00Z'::timestamptz + n * interval '97 minutes' END,
        date_reception = CASE WHEN n % 7 <> 3 THEN '2022-10-04'::date + (n % 11)::int END
        FROM (SELECT id, row_number() OVER (ORDER BY id DESC) AS n FROM transmissions) r WHERE r.id = t.id`,
      [TRANSMISSION_STATES],
    );
    await manager.query(
      `UPDATE publications p SET state = CASE WHEN n % 2 = 0 THEN 'published' ELSE 'unpublished' END,
        date_publication = CASE WHEN n % 2 = 0 THEN '2022-10-05'::date + (n % 7)::int END
        FROM (SELECT deliberation_id, row_number() OVER (ORDER BY deliberation_id) AS n FROM publications) r
        WHERE r.deliberation_id = p.deliberation_id`,
    );
  });
}

const within = (day: CivilDate | null, { du, au }: Period): boolean =>
  day !== null && (du === undefined || day >= du) && (au === undefined || day <= au);

/** Ce que les critères demandent, dit sans la base. */
function matches(view: DeliberationView, criteria: AcknowledgementCriteria): boolean {
  const { transmission, publication, collectivite } = view;
  const parti =
    transmission.teletransmiseLe === null
      ? null
      : civilDateAt(transmission.teletransmiseLe, collectivite.fuseau);
  return (
    (criteria.siren === undefined || collectivite.siren === criteria.siren) &&
    (criteria.etat === undefined || transmission.state === criteria.etat) &&
    (criteria.enRetard !== true || transmission.isOverdue) &&
    (criteria.avecAccuse !== true || transmission.dateReception !== null) &&
    (criteria.nonPubliee !== true || publication.state === 'unpublished') &&
    (criteria.mots === undefined || view.objet.startsWith('Création')) &&
    (criteria.decision === undefined || within(view.dateDecision, criteria.decision)) &&
    (criteria.reception === undefined || within(transmission.dateReception, criteria.reception)) &&
    (criteria.publication === undefined || within(publication.datePublication, criteria.publication)) &&
    (criteria.teletransmission === undefined || within(parti, criteria.teletransmission))
  );
}

const aDay = fc
  .integer({ min: 1, max: 20 })
  .map((day) => civilDate(`2022-10-${String(day).padStart(2, '0')}`));
const aPeriod: fc.Arbitrary<Period> = fc
  .tuple(aDay, aDay, fc.constantFrom('du', 'au', 'les deux'))
  .map(([one, other, edges]) => {
    const [du, au] = one < other ? [one, other] : [other, one];
    return { ...(edges === 'au' ? {} : { du }), ...(edges === 'du' ? {} : { au }) };
  });
const someCriteria: fc.Arbitrary<AcknowledgementCriteria> = fc.record(
  {
    siren: fc.constantFrom(...ZONES.map(([siren]) => siren)),
    etat: fc.constantFrom<TransmissionState>(...TRANSMISSION_STATES),
    enRetard: fc.constant(true),
    avecAccuse: fc.constant(true),
    nonPubliee: fc.constant(true),
    mots: fc.constant('créa'),
    decision: aPeriod,
    reception: aPeriod,
    publication: aPeriod,
    teletransmission: aPeriod,
  },
  { requiredKeys: [] },
);

/** Toutes les pages, une à une. */
async function pagesOf(criteria: AcknowledgementCriteria, size: number): Promise<readonly string[]> {
  const found: string[] = [];
  for (let after: string | null = null; ;) {
    const page = await readings.search(criteria, after, size);
    found.push(...page.items.map(({ id }) => id));
    if (page.next === null) return found;
    after = page.next;
  }
}

describe('une page de l’historique', () => {
  it.each([
    { reception: { du: civilDate('2022-10-06'), au: civilDate('2022-10-08') } },
    { reception: { du: civilDate('2022-10-06') }, etat: 'acknowledged' },
    { teletransmission: { du: civilDate('2022-10-05'), au: civilDate('2022-10-05') } },
    { teletransmission: { au: civilDate('2022-10-04') } },
    { publication: { du: civilDate('2022-10-07'), au: civilDate('2022-10-07') }, avecAccuse: true },
    { decision: { du: civilDate('2022-10-02'), au: civilDate('2022-10-03') } },
    { etat: 'rejected' },
    { etat: 'rejected', siren: '219710017' },
    { enRetard: true },
    { nonPubliee: true },
    { mots: 'créa', reception: { du: civilDate('2022-10-06') } },
  ] as const)('%j rend ce qu’un tri de tous les actes rendrait', async (criteria) => {
    const expected = all.filter((view) => matches(view, criteria)).map(({ id }) => id);
    expect(expected.length).toBeGreaterThan(0);
    expect(await pagesOf(criteria, 3)).toEqual(expected);
  });

  it('de même quels que soient les critères réunis', async () => {
    await fc.assert(
      fc.asyncProperty(someCriteria, async (criteria) => {
        const expected = all.filter((view) => matches(view, criteria)).map(({ id }) => id);
        expect(await pagesOf(criteria, 7)).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  it('se trouve par l’identité de la transmission comme par celle de l’acte', async () => {
    const [view] = all;
    for (const id of [view?.id ?? '', view?.transmission.id ?? ''])
      expect(await pagesOf({ reference: { kind: 'id', id } }, 5)).toEqual([view?.id]);
  });
});
