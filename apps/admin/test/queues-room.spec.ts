import { appRoutes } from '@bull-board/api/dist/routes.js';
import { pageText } from './page-text';
import { RunningDesk } from './running-desk';
import { aCompte } from './views';

/** Toutes les adresses par lesquelles bull-board saurait changer quelque chose, avec des paramètres quelconques. */
const WRITES = appRoutes.api
  .flatMap(({ method, route }) =>
    [method].flat().flatMap((verb) =>
      [route].flat().map((path) => ({
        method: verb.toUpperCase() as 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
        url: `/files${path.replace(/:[A-Za-z]+/g, 'submit-enveloppe')}`,
      })),
    ),
  )
  .filter(({ method }) => method !== 'GET');

describe('la salle des files', () => {
  let desk: RunningDesk;
  let cookie: string;
  beforeEach(async () => {
    desk = await RunningDesk.start();
    cookie = await desk.signIn(aCompte());
  });
  afterEach(() => desk.close());

  it('montre bull-board et ses fichiers, en français', async () => {
    const board = await desk.get('/files', cookie);
    expect(board.statusCode).toBe(200);
    expect(board.body).toContain('<base href="/files/"');
    expect(board.body).toContain('"lng":"fr-FR"');
    expect(board.body).toContain('<html lang="fr"');
    expect(board.body).not.toMatch(/https?:\/\/|Loading/);
    const script = /src="(static\/js\/main[^"]+)"/.exec(board.body)?.[1] ?? '';
    expect((await desk.get(`/files/${script}`, cookie)).statusCode).toBe(200);
    expect((await desk.get('/files/queue/submit-enveloppe', cookie)).statusCode).toBe(200);
  });

  it('lit l’état des files', async () => {
    expect((await desk.get('/files/api/queues', cookie)).json()).toEqual({ queues: [] });
  });

  it('connaît des adresses d’écriture à refuser', () => {
    expect(WRITES.length).toBeGreaterThan(15);
  });

  it.each(WRITES)('refuse $method $url', async ({ method, url }) => {
    const answer = await desk.inject(method, url, { cookie, 'sec-fetch-site': 'same-origin' });
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'GET, HEAD']);
    expect(pageText(answer.body)).toContain('Les files se regardent sans se toucher');
  });

  it('refuse aussi d’écrire par un chemin détourné', async () => {
    for (const url of [
      '/files//api/queues/pause',
      '/files/./api/queues/pause',
      '/%66iles/api/queues/pause',
      '/FILES/api/queues/pause',
    ]) {
      const answer = await desk.inject('PUT', url, { cookie, 'sec-fetch-site': 'same-origin' });
      expect([404, 405]).toContain(answer.statusCode);
    }
  });
});
