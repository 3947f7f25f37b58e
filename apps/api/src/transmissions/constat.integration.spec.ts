import { advance, seal, send } from '../../test/acknowledge';
import type { Answer } from '../../test/running-api';
import { RunningApi } from '../../test/running-api';

jest.setTimeout(30_000);

let api: RunningApi;

beforeAll(async () => {
  api = await RunningApi.start();
});
afterAll(() => api.stop());

/** Une délibération dont la réponse à l'envoi s'est perdue. */
async function uncertain(): Promise<string> {
  const id = await api.deposited();
  const sending = await send(api, await seal(api, id));
  await advance(api, sending, { event: 'envoi-lost' });
  return id;
}

const say = (id: string, jeton: string, body: unknown): Promise<Answer> =>
  api.ask('POST', `/v1/deliberations/${id}/constat`, { jeton, body });
const PRESENTE = { constat: 'presente', motif: 'Vue par la préfecture, au téléphone' };

describe('constater ce que la préfecture a d’un envoi incertain', () => {
  it('un opérateur attend l’autre ; deux d’accord tranchent, et l’historique porte les deux', async () => {
    const id = await uncertain();
    const { operateur, administrateur } = api.jetonsCommune;
    const first = await say(id, operateur, PRESENTE);
    expect([first.status, first.body['etat']]).toEqual([202, 'uncertain']);
    expect(first.body['attendu']).toContain('second opérateur');
    expect((await say(id, operateur, PRESENTE)).body).toMatchObject({
      etat: 'uncertain',
      constats: [{ auteur: 'essai operateur', constat: 'presente' }],
    });
    const second = await say(id, administrateur, PRESENTE);
    expect(second.body).toMatchObject({ etat: 'awaiting-ack', attendu: null });
    const { body } = await api.ask('GET', `/v1/deliberations/${id}/historique`);
    const entries = body['entrees'] as Record<string, unknown>[];
    expect(entries.slice(-3)).toMatchObject([
      { evenement: 'constat-recorded', acteur: 'essai operateur' },
      { evenement: 'constat-recorded', acteur: 'essai administrateur' },
      {
        evenement: 'found-at-prefecture',
        preuve: { premier: 'essai operateur', second: 'essai administrateur' },
      },
    ]);
    const envois: unknown[] = await api.dataSource.query(
      'SELECT v.outcome FROM envois v JOIN transmissions t ON t.id = v.transmission_id WHERE t.deliberation_id = $1',
      [id],
    );
    expect(envois).toEqual([{ outcome: 'found' }]);
  });

  it('deux avis contraires se disent, et rien ne bouge', async () => {
    const id = await uncertain();
    await say(id, api.jetonsCommune.operateur, PRESENTE);
    const answer = await say(id, api.jetonsCommune.administrateur, { ...PRESENTE, constat: 'absente' });
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ etat: 'uncertain', constats: [{}, {}] });
    expect(answer.body['attendu']).toContain('se contredisent');
  });

  it('deux premiers constats simultanés tranchent aussi', async () => {
    const id = await uncertain();
    const { operateur, administrateur } = api.jetonsCommune;
    await Promise.all([say(id, operateur, PRESENTE), say(id, administrateur, PRESENTE)]);
    const { body } = await api.ask('GET', `/v1/deliberations/${id}`);
    expect(body).toMatchObject({ transmission: { etat: 'awaiting-ack' } });
  });

  it.each<[string, unknown, number]>([
    ['sans constat', { motif: 'raison valable' }, 400],
    ['d’un autre mot', { constat: 'peut-être', motif: 'raison valable' }, 400],
    ['sans motif', { constat: 'absente' }, 400],
    ['au motif trop court', { constat: 'absente', motif: 'ok' }, 422],
  ])('%s : refusé', async (_, body, status) => {
    const id = await uncertain();
    expect((await say(id, api.jetonsCommune.operateur, body)).status).toBe(status);
  });

  it('hors de l’incertitude : 409 ; sans le droit : 403 ; d’ailleurs : 404', async () => {
    const id = await api.deposited();
    expect((await say(id, api.jetonsCommune.operateur, PRESENTE)).status).toBe(409);
    expect((await say(id, api.jetonsCommune.deposant, PRESENTE)).status).toBe(403);
    expect((await say(id, api.jetonsVoisine.operateur, PRESENTE)).status).toBe(404);
  });
});
