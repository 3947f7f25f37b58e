import { RunningApi } from '../../test/running-api';

jest.setTimeout(30_000);

let api: RunningApi;

beforeAll(async () => {
  api = await RunningApi.start();
});
afterAll(() => api.stop());

const ADRESSE = '/v1/collectivites/213402761/classification';
const MOTIF = { motif: 'la préfecture ne répond pas' };

describe('demander sa nomenclature à la main', () => {
  it('202 quand elle part ; 409 ensuite, qui dit ce qui est en cours et depuis quand ; terminée, elle se redemande', async () => {
    const jeton = api.jetonsCommune.operateur;
    const first = await api.ask('POST', ADRESSE, { jeton });
    expect([first.status, first.body['demandee']]).toEqual([202, true]);
    const again = await api.ask('POST', ADRESSE, { jeton });
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({
      code: 'classification/already-asked',
      detail: expect.stringContaining('« À transmettre »') as unknown,
    });
    expect(again.body['detail']).toContain(String(first.body['depuis']));
    const ended = await api.ask('POST', `${ADRESSE}/abandon`, { jeton, body: MOTIF });
    expect([ended.status, ended.body]).toEqual([
      200,
      { siren: '213402761', demandee: false, depuis: first.body['depuis'] },
    ]);
    const nothing = await api.ask('POST', `${ADRESSE}/abandon`, { jeton, body: MOTIF });
    expect([nothing.status, nothing.body['code']]).toEqual([409, 'classification/not-asked']);
    expect((await api.ask('POST', ADRESSE, { jeton })).status).toBe(202);
  });

  it('demande un motif et le droit de le faire', async () => {
    const ask = async (jeton: string, body: unknown): Promise<number> =>
      (await api.ask('POST', `${ADRESSE}/abandon`, { jeton, body })).status;
    expect(await ask(api.jetonsCommune.operateur, {})).toBe(400);
    expect(await ask(api.jetonsCommune.operateur, { motif: 'ok' })).toBe(422);
    expect(await ask(api.jetonsCommune.deposant, MOTIF)).toBe(403);
    expect(await ask(api.jetonsVoisine.operateur, MOTIF)).toBe(404);
  });
});
