import type { Siren } from '@teletransmission/actes';
import { addDays, civilDate } from '@teletransmission/kernel';
import type {
  CorrespondanceId,
  CorrespondanceState,
  CourrierView,
  Page,
} from '@teletransmission/teletransmission';
import { MalformedCursor } from '@teletransmission/teletransmission';
import { v7 } from 'uuid';
import { freshDatabase } from '../../test/fresh-database';
import type { FreshDatabase } from '../../test/fresh-database';
import { empreinteOf, NOW, TestLedger } from '../../test/test-ledger';
import { PgCourrierReadings } from './pg-courrier-readings';

let database: FreshDatabase;
let ledger: TestLedger;
let readings: PgCourrierReadings;
beforeEach(async () => {
  database = await freshDatabase();
  ledger = await TestLedger.open(database.dataSource);
  readings = new PgCourrierReadings(database.dataSource);
});
afterEach(() => database.close());

/** Une lettre reçue, dans cet état, comme elle serait en base après sa vie. */
async function aLetter(
  state: CorrespondanceState,
  echeance: string | null,
  from: TestLedger = ledger,
  recueLe: string = NOW,
): Promise<CorrespondanceId> {
  const { deliberation } = await from.deposit();
  const retour = await from.receive();
  const id = v7() as CorrespondanceId;
  await database.dataSource.query(
    `INSERT INTO correspondances (id, collectivite_id, deliberation_id, identifiant_acte, flux, date_courrier, texte, recue_le, echeance, state, empreinte_message, retour_id)
      VALUES ($1, $2, $3, $4, $5, '2022-11-01', 'Merci d’envoyer la convention.', $6, $7, $8, $9, $10)`,
    [
      id,
      from.collectivite.id,
      deliberation.id,
      deliberation.identifiantActe,
      state === 'noted' ? '5-1' : '3-1',
      recueLe,
      echeance,
      state,
      empreinteOf(id),
      retour.id,
    ],
  );
  return id;
}

async function walk(limit: number, between: () => Promise<unknown>): Promise<readonly string[]> {
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page: Page<CourrierView> = await readings.list({}, after, limit);
    seen.push(...page.items.map(({ id }) => id));
    after = page.next;
    await between();
  } while (after !== null);
  return seen;
}

describe('les lettres', () => {
  it('vont de la plus pressante à la moins pressante, page après page, sans trou ni double', async () => {
    const answeredLong = await aLetter('answered', '2022-12-01', ledger, '2022-10-01T09:00:00Z');
    const answered = await aLetter('answered', '2023-01-01');
    const noted = await aLetter('noted', null);
    const onTheWay = await aLetter('answering', '2022-11-05');
    const simple = await aLetter('received', null);
    const january = await aLetter('received', '2023-01-03');
    const december = await aLetter('received', '2022-12-31');
    const expected = [december, january, simple, onTheWay, noted, answered, answeredLong];
    expect(await walk(2, () => Promise.resolve())).toEqual(expected);
    // Une lettre plus pressante arrivée entre deux pages ne décale rien.
    const seen = await walk(3, () => aLetter('received', '2022-11-03'));
    expect(seen.filter((id) => (expected as readonly string[]).includes(id))).toEqual(expected);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('se filtrent par état, par collectivité et par SIREN, et ne sortent pas de la collectivité du compte', async () => {
    const voisine = await TestLedger.open(database.dataSource, { siren: '210100012' as Siren });
    const mine = await aLetter('received', '2023-01-03');
    const theirs = await aLetter('received', '2023-01-02', voisine);
    const answered = await aLetter('answered', '2023-01-03');
    const ids = async (criteria: Parameters<typeof readings.list>[0]): Promise<readonly string[]> =>
      (await readings.list(criteria, null, 10)).items.map(({ id }) => id);
    expect(await ids({})).toEqual([theirs, mine, answered]);
    expect(await ids({ etat: 'answered' })).toEqual([answered]);
    expect(await ids({ collectiviteId: ledger.collectivite.id })).toEqual([mine, answered]);
    expect(await ids({ siren: '210100012' })).toEqual([theirs]);
    expect(await ids({ siren: '210100012', collectiviteId: ledger.collectivite.id })).toEqual([]);
    expect(await readings.waiting(null)).toEqual({ count: 2, echeance: '2023-01-02' });
    expect(await readings.waiting(ledger.collectivite.id)).toEqual({ count: 1, echeance: '2023-01-03' });
  });

  it.each(['', 'faux', 'WzAsMSwiMSJd', 'WyJhIiwxLCJiIl0'])(
    'refusent un curseur qui n’est pas d’ici (%s)',
    async (after) => {
      await expect(readings.list({}, after, 10)).rejects.toThrow(MalformedCursor);
    },
  );

  it('se lisent avec leur acte, l’archive qui les portait et leur journal seul', async () => {
    const id = await aLetter('received', '2023-01-03');
    const view = await readings.courrier(id);
    expect(view).toMatchObject({
      flux: '3-1',
      dateCourrier: '2022-11-01',
      recueLe: NOW,
      echeance: '2023-01-03',
      collectivite: { siren: ledger.collectivite.siren },
      deliberation: { objet: 'Convention de partenariat' },
    });
    expect(await readings.ofDeliberation(view?.deliberation.id ?? ('' as never))).toEqual([view]);
    expect(await readings.source(id)).toMatchObject({ tailleOctets: 12 });
    expect(await readings.reponses(id)).toEqual([]);
    // Le dépôt de l'acte est au journal de l'acte, pas de la lettre.
    expect(await readings.history(id)).toEqual([]);
    expect(await readings.courrier(v7() as CorrespondanceId)).toBeNull();
  });

  it('se lisent dans leur index, sans tri, quel que soit leur nombre', async () => {
    const { deliberation } = await ledger.deposit();
    const retour = await ledger.receive();
    await database.dataSource.query(
      `INSERT INTO correspondances (id, collectivite_id, deliberation_id, identifiant_acte, flux, date_courrier, recue_le, echeance, state, empreinte_message, retour_id)
        SELECT gen_random_uuid(), $1, $2, $3, '3-1', '2022-11-01', now(), date '2022-11-01' + n % 400, CASE WHEN n % 10 = 0 THEN 'received' ELSE 'answered' END,
          encode(sha256(n::text::bytea), 'hex'), $4 FROM generate_series(1, 5000) n`,
      [ledger.collectivite.id, deliberation.id, deliberation.identifiantActe, retour.id],
    );
    await database.dataSource.query('ANALYZE correspondances');
    const plan: { 'QUERY PLAN': string }[] = await database.dataSource.query(
      `EXPLAIN SELECT * FROM correspondances l WHERE (l.rang_urgence, l.jour_urgence, l.id) > (0, 8500, '00000000-0000-0000-0000-000000000000')
        ORDER BY l.rang_urgence, l.jour_urgence, l.id LIMIT 51`,
    );
    const text = plan.map((line) => line['QUERY PLAN']).join('\n');
    expect(text).toContain('correspondances_urgence');
    expect(text).not.toMatch(/Sort|Seq Scan/);
    const first = await readings.list({ etat: 'received' }, null, 50);
    expect(first.items[0]?.echeance).toBe(addDays(civilDate('2022-11-01'), 0));
  });
});
