import { PgDeliberationRepository, PgMesures } from '@teletransmission/persistence';
import { aDeposit } from '../../test/a-deposit';
import { RunningApi } from '../../test/running-api';

jest.setTimeout(60_000);

let api: RunningApi;
beforeAll(async () => {
  api = await RunningApi.start();
});
afterAll(() => api.stop());

const limitTo = (octets: number | null): Promise<unknown> =>
  api.dataSource.query('UPDATE collectivites SET quota_octets = $2 WHERE id = $1', [api.commune.id, octets]);
const stored = (): Promise<number> =>
  new PgDeliberationRepository(api.dataSource, { current: () => null }).storedBytes(api.commune.id);
const levels = async (): Promise<readonly string[]> =>
  (await new PgMesures(api.dataSource, 60_000).totals()).mesures
    .filter(({ sujet }) => sujet === 'quota')
    .map(({ cle, nombre }) => `${cle} ${nombre}`);

describe('le quota d’une collectivité', () => {
  it('ne limite rien tant qu’on ne l’a pas réglé', async () => {
    await api.deposited();
    expect(await stored()).toBeGreaterThan(0);
    expect(await levels()).toEqual([]);
  });

  it('refuse le dépôt qui le passerait, en disant combien, n’enregistre rien et n’en garde rien', async () => {
    const before = await stored();
    await limitTo(before + 100);
    const rows = await api.rowCounts();
    const refused = await api.deposit(aDeposit());
    expect(refused.body).toMatchObject({
      status: 422,
      code: 'collectivite/quota-reached',
      quotaOctets: before + 100,
      octetsDeposes: before,
    });
    expect(refused.body['detail']).toContain(`son quota est de ${before + 100}`);
    expect(await api.rowCounts()).toEqual(rows);
    expect(await stored()).toBe(before);
    expect(await levels()).toEqual(['proche 1']);
  });

  it('se dit avec les autres fautes', async () => {
    const refused = await api.deposit(aDeposit({ matiere: 'inconnue' }));
    const codes = (refused.body['violations'] as { code: string }[]).map(({ code }) => code);
    expect(refused.body['code']).toBe('deliberation/invalid');
    expect(codes).toContain('collectivite/quota-reached');
    expect(codes.length).toBeGreaterThan(1);
  });

  it('relevé, laisse déposer, et dit quand il est atteint', async () => {
    await limitTo((await stored()) * 2 + 10_000);
    await api.deposited();
    await limitTo(await stored());
    expect(await levels()).toEqual(['atteint 1']);
    await limitTo(null);
    await api.deposited();
  });
});
