import { SystemClock, UuidSource } from '@teletransmission/observability';
import { PgReleveRepository } from '@teletransmission/persistence';
import { seal } from '../../test/acknowledge';
import { aRetour } from '../../test/retours';
import { RunningApi } from '../../test/running-api';
import { LIAISON_DIRECTE } from '@teletransmission/teletransmission';

jest.setTimeout(30_000);

let api: RunningApi;

beforeAll(async () => {
  api = await RunningApi.start();
});
afterAll(() => api.stop());

const MOTIF = { motif: 'vu avec la préfecture' };

describe('les retours, à la main', () => {
  it('se listent par état et par page, avec ce qu’il y a à faire', async () => {
    const ids = [await aRetour(api), await aRetour(api), await aRetour(api)];
    const seen: unknown[] = [];
    let url = '/v1/retours?etat=unmatched&limite=2';
    for (;;) {
      const { status, body } = await api.ask('GET', url);
      expect(status).toBe(200);
      seen.push(...(body['retours'] as { id: string }[]).map(({ id }) => id));
      if (typeof body['suivant'] !== 'string') break;
      url = `/v1/retours?etat=unmatched&limite=2&apres=${body['suivant']}`;
    }
    expect(seen).toEqual(ids);
    expect((await api.ask('GET', `/v1/retours/${ids[0] ?? ''}`)).body).toMatchObject({
      etat: 'unmatched',
      libelle: 'Non rattaché',
      code: 'retour/act-unknown',
      explication: 'Rattachez-le à la main.',
      remarques: [{ regle: 'xml/valeur-invalide', detail: 'Un numéro à tirets.', ligne: 3, fichier: null }],
    });
  });

  it('leurs octets se téléchargent tels quels, sans qu’un navigateur puisse les ouvrir', async () => {
    const octets = '<script>alert(1)</script>';
    const answer = await api.ask('GET', `/v1/retours/${await aRetour(api, octets)}/contenu`);
    expect(answer.text).toBe(octets);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename="accus____trange_.html"',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
  });

  it('un retour se rattache à un acte, est à relire, et l’historique de l’acte le dit', async () => {
    const id = await aRetour(api);
    const deliberation = await api.deposited();
    const { id: transmission } = await seal(api, deliberation);
    const body = { deliberation, ...MOTIF };
    const answer = await api.ask('POST', `/v1/retours/${id}/rattachement`, { body });
    expect([answer.status, answer.body['etat']]).toEqual([202, 'received']);
    expect(await api.dataSource.query('SELECT rattache_a, lecture FROM retours WHERE id = $1', [id])).toEqual(
      [{ rattache_a: transmission, lecture: 2 }],
    );
    expect(
      await api.dataSource.query('SELECT job, turn FROM outbox WHERE target_id = $1 ORDER BY turn', [id]),
    ).toEqual([
      { job: 'apply-retour', turn: 1 },
      { job: 'apply-retour', turn: 2 },
    ]);
    const history = await api.ask('GET', `/v1/deliberations/${deliberation}/historique`);
    expect((history.body['entrees'] as unknown[]).at(-1)).toMatchObject({
      evenement: 'retour-read-again',
      motif: MOTIF.motif,
    });
    expect((await api.ask('POST', `/v1/retours/${id}/rattachement`, { body })).status).toBe(409);
  });

  it('un retour se relit, ou se met de côté ; un retour de côté ne se relit pas, il se reprend', async () => {
    const id = await aRetour(api);
    const aside = await api.ask('POST', `/v1/retours/${id}/mise-de-cote`, { body: MOTIF });
    expect([aside.status, aside.body['etat']]).toEqual([200, 'set-aside']);
    const again = await api.ask('POST', `/v1/retours/${id}/relecture`, { body: MOTIF });
    expect([again.status, again.body['code']]).toEqual([409, 'retour/event-refused']);
    const taken = await api.ask('POST', `/v1/retours/${id}/reprise`, { body: MOTIF });
    expect([taken.status, taken.body['etat']]).toEqual([202, 'received']);
    expect(
      (await api.ask('POST', `/v1/retours/${await aRetour(api)}/relecture`, { body: MOTIF })).status,
    ).toBe(202);
  });

  it.each<[string, unknown, number]>([
    ['sans motif', {}, 400],
    ['au motif trop court', { motif: 'ok' }, 422],
  ])('%s : refusé', async (_, body, status) => {
    expect((await api.ask('POST', `/v1/retours/${await aRetour(api)}/relecture`, { body })).status).toBe(
      status,
    );
  });

  it.each<[string, unknown, number]>([
    ['ni délibération ni transmission', MOTIF, 400],
    ['une transmission inconnue', { ...MOTIF, transmission: new UuidSource().next() }, 404],
    ['une délibération inconnue', { ...MOTIF, deliberation: new UuidSource().next() }, 404],
  ])('rattaché à %s : refusé', async (_, body, status) => {
    expect((await api.ask('POST', `/v1/retours/${await aRetour(api)}/rattachement`, { body })).status).toBe(
      status,
    );
  });

  it('sans collectivité, n’existe que pour la plateforme ; l’auditeur lit et ne change rien', async () => {
    const id = await aRetour(api);
    const read = async (jeton: string): Promise<number> =>
      (await api.ask('GET', `/v1/retours/${id}`, { jeton })).status;
    expect(await read(api.jetonsCommune.operateur)).toBe(404);
    expect(await read(api.jetons.auditeur)).toBe(200);
    expect(await read(api.jetonsCommune.deposant)).toBe(403);
    const { auditeur } = api.jetons;
    const answer = await api.ask('POST', `/v1/retours/${id}/relecture`, { jeton: auditeur, body: MOTIF });
    expect(answer.status).toBe(403);
    const mine = await api.ask('GET', '/v1/retours', { jeton: api.jetonsCommune.operateur });
    expect((mine.body['retours'] as unknown[]).length).toBe(0);
  });
});

describe('les retours qui ne se relèvent pas', () => {
  it('se lisent tous, page après page, par la plateforme seule', async () => {
    const releves = new PgReleveRepository(api.dataSource);
    const le = new SystemClock().now();
    const ids = ['a', 'b', 'c'].map(() => new UuidSource().next());
    for (const [n, id] of ids.entries())
      await releves.fail({
        id,
        liaisonId: LIAISON_DIRECTE,
        source: 'directe',
        cle: `identité ${n}`,
        sourceId: `${n}`,
        nom: null,
        extrait: null,
        premierEchecLe: le,
        dernierEchecLe: le,
        echecs: 1,
        code: 'prefecture/unexpected-answer',
        detail: 'HTTP 404.',
        prochaineLe: le,
      });
    const first = await api.ask('GET', '/v1/releves-en-echec?limite=2');
    expect(first.body).toMatchObject({
      releves: [
        { identite: '0', nom: null, echecs: 1, explication: 'HTTP 404.', prochaineLe: le },
        { identite: '1' },
      ],
    });
    const next = await api.ask('GET', `/v1/releves-en-echec?limite=2&apres=${String(first.body['suivant'])}`);
    expect(next.body).toMatchObject({ releves: [{ identite: '2' }], suivant: null });
    const mine = await api.ask('GET', '/v1/releves-en-echec', { jeton: api.jetonsCommune.operateur });
    expect(mine.status).toBe(403);
    expect((await api.ask('GET', '/v1/releves-en-echec?apres=faux')).status).toBe(400);
  });
});
