import { PgPouls } from '@teletransmission/persistence';
import { v7 } from 'uuid';
import { RunningApi } from '../../test/running-api';

let api: RunningApi;
beforeAll(async () => {
  api = await RunningApi.start();
});
afterAll(() => api.stop());

interface Listed {
  readonly alertes: readonly { genre: string; siren: string | null; sujetId: string }[];
  readonly suivant: string | null;
}

async function list(jeton: string, query = ''): Promise<Listed> {
  const answer = await api.ask('GET', `/v1/alertes${query}`, { jeton });
  expect(answer.status).toBe(200);
  return answer.body as unknown as Listed;
}

describe('les alertes', () => {
  it('se refusent au déposant', async () => {
    expect((await api.ask('GET', '/v1/alertes', { jeton: api.jetons.deposant })).status).toBe(403);
    expect((await api.ask('GET', '/v1/alertes', { jeton: null })).status).toBe(401);
  });

  it('disent l’absence de travailleurs, tant qu’aucun ne se montre, et à la plateforme seule', async () => {
    expect((await list(api.jetons.auditeur)).alertes.map(({ genre }) => genre)).toEqual([
      'travailleurs-absents',
    ]);
    expect((await list(api.jetonsCommune.auditeur)).alertes).toEqual([]);
    const now = new Date().toISOString() as never;
    await new PgPouls(api.dataSource).seen({ id: v7(), depuis: now, vuLe: now, version: '1.0.0' });
    expect((await list(api.jetons.auditeur)).alertes).toEqual([]);
  });

  it('se rendent par pages, les plus graves d’abord, chacun dans sa collectivité', async () => {
    await api.dataSource.query(
      `INSERT INTO alertes (id, genre, gravite, sujet, sujet_id, collectivite_id, depuis, ouverte_le, detail)
        SELECT gen_random_uuid(), g.genre, g.gravite, 'transmission', 'a-' || n, CASE WHEN n = 3 THEN $2::uuid ELSE $1::uuid END, now(), now(), 'essai'
        FROM (VALUES (1, 'accuse-lent'), (2, 'envoi-incertain'), (3, 'accuse-en-retard')) v(n, nom) JOIN genres_alerte g ON g.genre = v.nom`,
      [api.commune.id, api.voisine.id],
    );
    const first = await list(api.jetons.operateur, '?limite=2');
    const second = await list(api.jetons.operateur, `?limite=2&apres=${first.suivant ?? ''}`);
    expect([...first.alertes, ...second.alertes].map(({ genre }) => genre)).toEqual([
      'envoi-incertain',
      'accuse-en-retard',
      'accuse-lent',
    ]);
    expect(second.suivant).toBeNull();
    expect((await list(api.jetonsVoisine.operateur)).alertes).toMatchObject([
      { genre: 'accuse-en-retard', siren: '210100012' },
    ]);
    expect((await api.ask('GET', '/v1/alertes?apres=faux')).status).toBe(400);
  });
});
