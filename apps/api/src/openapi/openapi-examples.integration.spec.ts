import { createHash } from 'node:crypto';
import { SCENES, sendExample, urlOf } from '../../test/openapi-scenes';
import type { Answer } from '../../test/running-api';
import { RunningApi } from '../../test/running-api';
import type { HistoryPageBody } from '../audit-history/history.schema';
import { openapiDocument } from './openapi-document';
import { operationNameOf } from './operations';
import { REQUEST_EXAMPLES } from './examples/request-examples';
import { RESPONSE_EXAMPLES } from './examples/response-examples';
import type { RouteDescription } from './routes';
import { ROUTES } from './routes';

jest.setTimeout(60_000);

let api: RunningApi;
beforeAll(async () => {
  api = await RunningApi.start();
});
afterAll(() => api.stop());

const nameOf = (route: RouteDescription): string => operationNameOf(route).operationId;
/** Ce qui rend du JSON, la description elle-même exceptée. */
const TOLD = ROUTES.filter(({ success, path }) => success.schema && path !== '/openapi.json');
const ASKED = TOLD.filter(({ body }) => body);

/** Vrai si un corps suit un schéma, sans un champ de plus. */
function expectToFollow(route: RouteDescription, body: unknown): void {
  expect(route.success.schema?.parse(body)).toEqual(body);
}

function expectSuccess(route: RouteDescription, answer: Answer): void {
  expect([answer.text, answer.status]).toEqual([answer.text, route.success.status]);
  expect(answer.headers['content-type']).toContain(route.success.type);
  expectToFollow(route, answer.body);
  const { headers } = openapiSuccessOf(route);
  for (const name of Object.keys(headers).filter((one) => one !== 'Idempotency-Replayed'))
    expect([name, typeof answer.headers[name.toLowerCase()]]).toEqual([name, 'string']);
}

function openapiSuccessOf(route: RouteDescription): { readonly headers: Readonly<Record<string, unknown>> } {
  const paths = openapiDocument()['paths'] as Record<
    string,
    Record<string, { responses: Record<string, { headers: Record<string, unknown> }> }>
  >;
  const described = paths[route.path]?.[route.method]?.responses[String(route.success.status)];
  if (!described) throw new Error(`Réussite non décrite : ${route.path}`);
  return described;
}

describe('chaque exemple de demande', () => {
  it('a son opération, et chaque corps son exemple', () => {
    expect(Object.keys(REQUEST_EXAMPLES).sort()).toEqual(ASKED.map(nameOf).sort());
  });

  const cases = ASKED.flatMap((route) =>
    Object.entries(REQUEST_EXAMPLES[nameOf(route)] ?? {}).map(
      ([cas, example]) => [nameOf(route), cas, route, example as Record<string, unknown>] as const,
    ),
  );

  it.each(cases)(
    '%s, « %s » : envoyé à l’API, reçoit la réponse décrite',
    async (name, _, route, example) => {
      const scene = await (SCENES[name] ?? fail)(api);
      // Ce qu'un exemple désigne n'existe pas ici : le vrai prend sa place.
      const designated = Object.entries(scene.body ?? {}).filter(([key]) => key in example);
      const body = { ...example, ...Object.fromEntries(designated) };
      expectSuccess(route, await sendExample(api, urlOf(api, route.path, scene), route.body?.type, body));
    },
  );
});

describe('chaque lecture, et chaque décision sans corps', () => {
  const others = TOLD.filter((route) => !route.body).map((route) => [nameOf(route), route] as const);

  it.each(others)('%s : répond ce qui est décrit, sans un champ de plus', async (name, route) => {
    const scene = await (SCENES[name] ?? fail)(api);
    const url = urlOf(api, route.path, scene);
    const answer = await api.ask(route.method === 'get' ? 'GET' : 'POST', url);
    expectSuccess(route, answer);
  });
});

describe('chaque exemple de réponse', () => {
  it('a son opération, et chaque réponse en JSON son exemple', () => {
    expect(Object.keys(RESPONSE_EXAMPLES).sort()).toEqual(TOLD.map(nameOf).sort());
  });

  it.each(TOLD.map((route) => [nameOf(route), route] as const))(
    '%s : suit son schéma, sans un champ de plus',
    (name, route) => {
      const examples = Object.values(RESPONSE_EXAMPLES[name] ?? {});
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) expectToFollow(route, example);
    },
  );
});

describe('les exemples d’historique', () => {
  it('portent des empreintes vraies : la recette que donne la description les retrouve', () => {
    const { entrees } = Object.values(
      RESPONSE_EXAMPLES['lireHistoriqueCollectivite'] ?? {},
    )[0] as HistoryPageBody;
    for (const [index, e] of entrees.entries()) {
      const said = [e.chaine, String(e.rang), e.instant, e.sujet, e.sujetId, e.deliberation, e.evenement];
      const then = [e.etatAvant, e.etatApres, e.acteurGenre, e.acteurId, e.acteurNom, e.motif, e.preuveTexte];
      const texts = [...said, ...then, e.empreintePrecedente].map((text) => JSON.stringify(text));
      expect(
        createHash('sha256')
          .update(`[${texts.join(', ')}]`)
          .digest('hex'),
      ).toBe(e.empreinte);
      expect(e.empreintePrecedente).toBe(entrees[index - 1]?.empreinte ?? '0'.repeat(64));
    }
  });
});

function fail(): never {
  throw new Error('Aucune scène ne prépare cette opération');
}
