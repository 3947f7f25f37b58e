import { RunningApi } from '../../test/running-api';
import { openapiDocument } from './openapi-document';
import { ROUTES } from './routes';

type Json = Readonly<Record<string, unknown>>;

jest.setTimeout(30_000);

let api: RunningApi;

beforeAll(async () => {
  api = await RunningApi.start();
});
afterAll(() => api.stop());

/** Les adresses que Fastify connaît, lues dans l'arbre qu'il imprime : un niveau vaut quatre caractères. */
function knownPaths(): readonly string[] {
  const tree = api.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  const path: string[] = [];
  const paths = tree.split('\n').flatMap((line) => {
    const read = /^([│ ]*)[├└]── (.*?)(?: \(([A-Z-, ]+)\))?$/u.exec(line);
    if (!read) return [];
    const [, indent = '', segment = '', methods = ''] = read;
    path.splice(indent.length / 4, Infinity, segment);
    return methods === '' ? [] : [path.join('').replaceAll(/:(\w+)/g, '{$1}')];
  });
  return [...new Set(paths)];
}

/** Ce que chacune admet, de son propre aveu. HEAD et OPTIONS ne se décrivent pas : c'est HTTP qui les veut (RFC 9110). */
async function servedRoutes(): Promise<readonly string[]> {
  const served = await Promise.all(
    knownPaths().map(async (path) => {
      const { headers } = await api.ask('OPTIONS', path.replaceAll(/[{}]/g, ''));
      const methods = String(headers['allow']).split(', ');
      return methods
        .filter((method) => !['HEAD', 'OPTIONS'].includes(method))
        .map((method) => `${method} ${path}`);
    }),
  );
  return served.flat();
}

/** Toutes les références internes d'un document. */
function referencesIn(part: unknown): readonly string[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value] : referencesIn(value),
  );
}

function resolve(document: unknown, reference: string): unknown {
  return reference
    .replace('#/', '')
    .split('/')
    .reduce<unknown>((part, key) => (part as Json | undefined)?.[key], document);
}

describe('la description OpenAPI', () => {
  it('décrit toute route servie, et rien d’autre', async () => {
    const described = ROUTES.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    const served = await servedRoutes();
    expect(served.length).toBeGreaterThan(10);
    expect([...served].sort()).toEqual([...described].sort());
  });

  it('est un document 3.1 que ses propres références ne trahissent pas', () => {
    const document = openapiDocument();
    const references = referencesIn(document);
    expect(document).toMatchObject({
      openapi: expect.stringMatching(/^3\.1\./) as string,
      info: { version: '1' },
    });
    expect(references.length).toBeGreaterThan(0);
    expect(references.filter((reference) => resolve(document, reference) === undefined)).toEqual([]);
  });

  it('donne à chaque adresse ses paramètres de chemin, un résumé, une réussite et ses refus', () => {
    const paths = openapiDocument()['paths'] as Record<string, Record<string, Json>>;
    for (const { path, method, success, isOpen } of ROUTES) {
      const operation = paths[path]?.[method];
      const parameters = (operation?.['parameters'] ?? []) as { name: string; in: string; schema: unknown }[];
      const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => `{${name}}`);
      const statuses = Object.keys(operation?.['responses'] as object);
      expect(operation?.['summary']).toEqual(expect.any(String));
      expect(inPath).toEqual(path.match(/\{\w+\}/g) ?? []);
      expect(parameters.every(({ schema }) => typeof schema === 'object')).toBe(true);
      expect(statuses).toContain(String(success.status));
      expect(statuses.includes('401')).toBe(isOpen !== true);
    }
  });

  it('est servie telle quelle', async () => {
    const answer = await api.ask('GET', '/openapi.json');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(JSON.parse(JSON.stringify(openapiDocument())));
  });
});
