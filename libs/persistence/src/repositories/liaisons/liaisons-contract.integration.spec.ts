import { v7 } from 'uuid';
import { describeLiaisonsContract } from '@teletransmission/testkit';
import { freshDatabase } from '../../../test/fresh-database';
import type { FreshDatabase } from '../../../test/fresh-database';
import { TestLedger } from '../../../test/test-ledger';
import { PgPrefectureRepository } from '../exploitation/prefecture.repository';
import { PgLiaisonRepository } from './liaison.repository';

let database: FreshDatabase | null = null;
afterEach(() => database?.close());

describeLiaisonsContract('PostgreSQL', async () => {
  database = await freshDatabase();
  const { dataSource } = database;
  const { collectivite } = await TestLedger.open(dataSource);
  return {
    liaisons: new PgLiaisonRepository(dataSource),
    prefectures: new PgPrefectureRepository(dataSource, { current: () => null }),
    collectivite,
    audited: async () => {
      const rows: { evenement: string }[] = await dataSource.query(
        `SELECT evenement FROM audit_entries WHERE evenement IN ('liaison-registered', 'collectivite-bound') ORDER BY instant, ctid`,
      );
      return rows.map(({ evenement }) => evenement);
    },
  };
});

describe('les rattachements en base', () => {
  it('ne se recouvrent pas, quoi qu’on y écrive : une collectivité n’a jamais deux liaisons à la fois', async () => {
    database = await freshDatabase();
    const { dataSource } = database;
    const { collectivite } = await TestLedger.open(dataSource);
    const write = (id: string, depuis: string, jusqua: string): Promise<string> =>
      dataSource.query(`INSERT INTO rattachements VALUES ($1, 'directe', $2, $3)`, [id, depuis, jusqua]).then(
        () => 'écrit',
        (error: unknown) => (error as { code: string }).code,
      );
    expect(await write(collectivite.id, '2022-11-02', 'infinity')).toBe('23P01');
    await dataSource.query(`UPDATE rattachements SET jusqua = '2022-11-02' WHERE collectivite_id = $1`, [
      collectivite.id,
    ]);
    expect(await write(collectivite.id, '2022-11-02', '2022-12-01')).toBe('écrit');
    expect(await write(collectivite.id, '2022-11-30', '2023-01-01')).toBe('23P01');
    expect(await write(collectivite.id, '2023-01-02', '2023-01-02')).toBe('23514');
    expect(await write(v7(), '2022-11-02', 'infinity')).toBe('23503');
  });

  it('naissent avec la collectivité, même inscrite par une version d’avant les liaisons', async () => {
    database = await freshDatabase();
    const { collectivite } = await TestLedger.open(database.dataSource);
    expect(
      await database.dataSource.query(
        'SELECT liaison_id, depuis::text, jusqua::text FROM rattachements WHERE collectivite_id = $1',
        [collectivite.id],
      ),
    ).toEqual([{ liaison_id: 'directe', depuis: '-infinity', jusqua: 'infinity' }]);
  });
});
