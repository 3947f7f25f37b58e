import { addDays, civilDateAt } from '@teletransmission/kernel';
import type { CivilDate } from '@teletransmission/kernel';
import { SystemClock } from '@teletransmission/observability';
import { acknowledge } from '../../test/acknowledge';
import type { Answer } from '../../test/running-api';
import { RunningApi } from '../../test/running-api';
import { deliberationSchema } from '../deliberations/deliberation.schema';

jest.setTimeout(30_000);

let api: RunningApi;
let today: CivilDate;

beforeAll(async () => {
  api = await RunningApi.start();
  today = civilDateAt(new SystemClock().now(), api.commune.fuseau);
});
afterAll(() => api.stop());

function declare(id: string, body: unknown): Promise<Answer> {
  return api.ask('POST', `/v1/deliberations/${id}/publication`, { jeton: api.jetonsCommune.deposant, body });
}

const EXECUTOIRE: readonly (readonly [string, string, string, string])[] = [
  ['reçue puis publiée', '2022-11-02', '2022-11-04', '2022-11-04'],
  ['publiée puis reçue', '2022-11-04', '2022-11-02', '2022-11-04'],
  ['reçue et publiée le même jour', '2022-11-02', '2022-11-02', '2022-11-02'],
  ['d’une année sur l’autre', '2022-12-31', '2023-01-01', '2023-01-01'],
];

describe('déclarer la publication', () => {
  it('date la publication et garde l’adresse où l’acte se lit', async () => {
    const id = await api.deposited();
    const adresse = 'https://commune.example.org/actes/2022-10-062?v=1';
    const answer = await declare(id, { datePublication: '2022-11-02', adresse });
    expect(answer.status).toBe(200);
    expect(deliberationSchema.parse(answer.body)).toMatchObject({
      publication: { etat: 'published', datePublication: '2022-11-02', adresse },
      dateExecutoire: null,
    });
    expect(answer.body['publication']).toMatchObject({
      declaration: { moyen: 'site', par: 'essai deposant', le: expect.any(String) as string },
    });
  });

  it('sans adresse, demande comment l’acte est publié', async () => {
    const id = await api.deposited();
    const answer = await declare(id, { datePublication: '2022-11-02' });
    expect([answer.status, answer.body['code']]).toEqual([422, 'publication/unfounded']);
    expect(answer.body['violations']).toMatchObject([{ pointer: '/moyen' }]);
    const posted = await declare(id, { datePublication: '2022-11-02', moyen: 'recueil' });
    expect(posted.body['publication']).toMatchObject({ adresse: null, declaration: { moyen: 'recueil' } });
    const wrong = await declare(id, { datePublication: '2022-11-02', moyen: 'tambour' });
    expect(wrong.status).toBe(400);
  });

  it.each(EXECUTOIRE)(
    '%s, elle est exécutoire au plus tardif des deux jours',
    async (_, reception, publication, attendu) => {
      const id = await api.deposited();
      await acknowledge(api, id, { dateReception: reception });
      expect(
        (await declare(id, { datePublication: publication, moyen: 'affichage' })).body['dateExecutoire'],
      ).toBe(attendu);
    },
  );

  it('peut précéder l’accusé : la date exécutoire vient avec lui', async () => {
    const id = await api.deposited();
    expect(
      (await declare(id, { datePublication: '2022-10-25', moyen: 'affichage' })).body['dateExecutoire'],
    ).toBeNull();
    await acknowledge(api, id, { dateReception: '2022-11-02' });
    expect((await api.ask('GET', `/v1/deliberations/${id}`)).body['dateExecutoire']).toBe('2022-11-02');
  });

  it('redite avec la même date, vaut une fois', async () => {
    const id = await api.deposited();
    const first = await declare(id, { datePublication: '2022-11-02', moyen: 'affichage' });
    const before = await api.rowCounts();
    const second = await declare(id, { datePublication: '2022-11-02', moyen: 'affichage' });
    expect([second.status, second.body]).toEqual([200, first.body]);
    expect(await api.rowCounts()).toEqual(before);
  });

  it('avec une autre date, est refusée et ne déplace rien', async () => {
    const id = await api.deposited();
    await declare(id, { datePublication: '2022-11-02', moyen: 'affichage' });
    const answer = await declare(id, { datePublication: '2022-11-03', moyen: 'affichage' });
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      code: 'publication/event-refused',
      state: 'published',
      allowedEvents: [],
    });
    const { publication } = deliberationSchema.parse((await api.ask('GET', `/v1/deliberations/${id}`)).body);
    expect(publication.datePublication).toBe('2022-11-02');
  });

  it('de cinq déclarations simultanées de dates différentes, n’en retient qu’une', async () => {
    const id = await api.deposited();
    const dates = ['2022-11-01', '2022-11-02', '2022-11-03', '2022-11-04', '2022-11-05'];
    const answers = await Promise.all(
      dates.map((datePublication) => declare(id, { datePublication, moyen: 'site' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
  });

  it('aujourd’hui et le jour même de la décision sont permis', async () => {
    const [one, two] = [await api.deposited(), await api.deposited()];
    expect((await declare(one, { datePublication: today, moyen: 'affichage' })).status).toBe(200);
    expect((await declare(two, { datePublication: '2022-10-20', moyen: 'affichage' })).status).toBe(200);
  });

  it.each([
    ['la veille de la décision', (): string => '2022-10-19'],
    ['demain', (): string => addDays(today, 1)],
    ['un jour qui n’existe pas', (): string => '2023-02-29'],
    ['une date à l’américaine', (): string => '10/20/2022'],
  ])('%s est refusé, à son pointeur', async (_, date) => {
    const id = await api.deposited();
    const answer = await declare(id, { datePublication: date(), moyen: 'affichage' });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      code: 'publication/invalid-date',
      violations: [{ pointer: '/datePublication' }],
    });
  });

  it('rend toutes les fautes du corps ensemble', async () => {
    const id = await api.deposited();
    const answer = await declare(id, { adresse: 'ftp://commune.example.org', couleur: 'bleu' });
    expect([answer.status, answer.body['code']]).toEqual([400, 'http/malformed']);
    const violations = answer.body['violations'] as { pointer: string }[];
    expect(violations.map(({ pointer }) => pointer).sort()).toEqual([
      '/adresse',
      '/couleur',
      '/datePublication',
    ]);
  });

  it.each([
    ['un script', 'javascript:alert(1)'],
    ['un caractère nul', 'https://commune.example.org/\u0000'],
    ['une espace', 'https://commune.example.org/deux mots'],
    ['une longueur démesurée', `https://commune.example.org/${'a'.repeat(2000)}`],
    ['un nombre', 3],
  ])('l’adresse ne peut être %s', async (_, adresse) => {
    const answer = await declare(await api.deposited(), { datePublication: '2022-11-02', adresse });
    expect([answer.status, answer.body['code']]).toEqual([400, 'http/malformed']);
  });

  it.each([
    ['vide', ''],
    ['une liste', '[]'],
    ['mal formé', '{ oui'],
    ['null', 'null'],
  ])('un corps %s est une demande illisible, jamais un défaut', async (_, body) => {
    const answer = await api.ask('POST', `/v1/deliberations/${await api.deposited()}/publication`, {
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect([answer.status, answer.body['code']]).toEqual([400, 'http/malformed']);
  });
});
