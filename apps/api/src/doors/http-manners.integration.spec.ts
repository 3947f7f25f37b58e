import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { METHODS, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { JETON_METRIQUES, RunningApi } from '../../test/running-api';
import type { RouteDescription } from '../openapi/routes';
import { ROUTES } from '../openapi/routes';

jest.setTimeout(60_000);

let api: RunningApi;
let acte: string;

beforeAll(async () => {
  api = await RunningApi.start();
  acte = await api.deposited();
});
afterAll(() => api.stop());

/** Une adresse vraie pour ce chemin, sur un acte déposé. */
function urlOf(path: string): string {
  return path
    .replace('{id}', acte)
    .replace('{siren}', api.commune.siren)
    .replace('{departement}', '034')
    .replace('{rang}', '0');
}

function methodsOf(path: string): readonly string[] {
  const served = ROUTES.filter((route) => route.path === path).map(({ method }) => method.toUpperCase());
  return [...served, ...(served.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort();
}

const jetonOf = ({ path }: RouteDescription): string =>
  path === '/metrics' ? JETON_METRIQUES : api.jetons.administrateur;

const PATHS = [...new Set(ROUTES.map(({ path }) => path))];
const GETS = ROUTES.filter(({ method }) => method === 'get');

describe('une adresse qui reçoit une méthode qu’elle n’admet pas', () => {
  it.each(PATHS)('%s : 405, et Allow dit les siennes', async (path) => {
    const others = METHODS.filter((method) => method !== 'CONNECT' && !methodsOf(path).includes(method));
    expect(others.length).toBeGreaterThan(20);
    for (const method of others) {
      const answer = await api.ask(method, urlOf(path), {
        headers: method === 'TRACE' ? {} : { 'content-type': 'application/json' },
        ...(['TRACE', 'GET', 'HEAD'].includes(method) ? {} : { body: '{ mal formé' }),
      });
      expect([method, answer.status, answer.headers['allow']]).toEqual([
        method,
        405,
        methodsOf(path).join(', '),
      ]);
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      if (method !== 'HEAD')
        expect(answer.body).toMatchObject({ status: 405, code: 'http/method-not-allowed' });
    }
  });

  it.each(PATHS)('%s : OPTIONS les dit, sans contenu et sans jeton', async (path) => {
    const answer = await api.ask('OPTIONS', urlOf(path), { jeton: null });
    expect([answer.status, answer.text, answer.headers['allow']]).toEqual([
      204,
      '',
      methodsOf(path).join(', '),
    ]);
  });

  it('« OPTIONS * » parle du serveur entier, et n’est pas une adresse inconnue', async () => {
    await api.app.listen(0, '127.0.0.1');
    const { port } = api.app.getHttpServer().address() as AddressInfo;
    const asking = request({ host: '127.0.0.1', port, method: 'OPTIONS', path: '*', agent: false }).end();
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    answer.resume();
    expect([answer.statusCode, answer.headers.allow]).toEqual([204, 'GET, HEAD, OPTIONS, POST']);
  });

  it('une adresse inconnue reste inconnue, quelle que soit la méthode', async () => {
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'DELETE', 'PROPFIND'] as const)
      expect((await api.ask(method as 'PUT', '/v1/inconnue')).status).toBe(404);
  });
});

describe('HEAD', () => {
  it.each(GETS)('$path : les en-têtes de GET, sans corps', async (route) => {
    const ask = { jeton: jetonOf(route) };
    const got = await api.ask('GET', urlOf(route.path), ask);
    const head = await api.ask('HEAD', urlOf(route.path), ask);
    // Ce qui change d'une demande à l'autre n'en dit rien ; un flux n'annonce pas sa longueur.
    const comparable = ({ headers }: typeof got): Record<string, unknown> =>
      Object.fromEntries(
        Object.entries(headers).filter(
          ([name]) => !['date', 'trace-id', 'transfer-encoding', 'content-length'].includes(name),
        ),
      );
    expect([head.status, head.text]).toEqual([got.status, '']);
    expect(comparable(head)).toEqual(comparable(got));
    const { 'content-length': length } = head.headers;
    if (length !== undefined && got.status === 200 && !/health|metrics/.test(route.path))
      expect(length).toBe(got.headers['content-length']);
  });
});

describe('Accept', () => {
  it.each(ROUTES)('$method $path : ce que rien ne satisfait est refusé avant tout', async (route) => {
    const method = route.method === 'get' ? 'GET' : 'POST';
    const before = await api.rowCounts();
    const answer = await api.ask(method, urlOf(route.path), {
      jeton: jetonOf(route),
      headers: { accept: 'image/png, application/vnd.tout-autre' },
    });
    expect([answer.status, answer.body['code'], answer.body['sert']]).toEqual([
      406,
      'http/not-acceptable',
      route.success.type,
    ]);
    expect(await api.rowCounts()).toEqual(before);
  });

  it.each(GETS)('get $path : ce qu’elle sert, ou presque tout, est admis', async (route) => {
    for (const accept of [route.success.type, '*/*', `image/png, ${route.success.type};q=0.1`]) {
      const answer = await api.ask('GET', urlOf(route.path), {
        jeton: jetonOf(route),
        headers: { accept },
      });
      expect(answer.status).not.toBe(406);
    }
  });
});

describe('Cache-Control', () => {
  it.each(ROUTES)('$method $path : toute réponse en porte un', async (route) => {
    const method = route.method === 'get' ? 'GET' : 'POST';
    const answers = [
      await api.ask(method, urlOf(route.path), { jeton: jetonOf(route) }),
      await api.ask(method, urlOf(route.path), { jeton: null }),
      await api.ask('PUT', urlOf(route.path)),
      await api.ask('OPTIONS', urlOf(route.path)),
    ];
    for (const { headers } of answers) expect(headers['cache-control']).toBe('no-store');
  });

  it('une adresse inconnue aussi', async () => {
    expect((await api.ask('GET', '/v1/inconnue')).headers['cache-control']).toBe('no-store');
  });
});
