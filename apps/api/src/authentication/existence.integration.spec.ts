import type { Role } from '@teletransmission/teletransmission';
import { PERMISSIONS, ROLES } from '@teletransmission/teletransmission';
import { UuidSource } from '@teletransmission/observability';
import { aDeposit, bodyOf } from '../../test/a-deposit';
import { proposedDecision } from '../../test/decisions';
import { keepLettre, keepRetour } from '../../test/retours';
import type { Answer } from '../../test/running-api';
import { RunningApi } from '../../test/running-api';
import type { RouteDescription } from '../openapi/routes';
import { ROUTES } from '../openapi/routes';

jest.setTimeout(60_000);

let api: RunningApi;
/** Ce qui est à la commune, par le nom du segment qui le précède. */
let own: Readonly<Record<string, string>>;
let unknown: Readonly<Record<string, string>>;
let malformed: Readonly<Record<string, string>>;
let transmission: string;

beforeAll(async () => {
  api = await RunningApi.start();
  const deliberations = await api.deposited();
  own = {
    deliberations,
    retours: await keepRetour(api, api.commune),
    correspondances: await keepLettre(api, deliberations),
    collectivites: api.commune.siren,
    'decisions-de-retours': await proposedDecision(api, api.jetonsCommune.operateur),
    journal: api.commune.id,
  };
  const [row]: { id: string }[] = await api.dataSource.query(
    'SELECT id FROM transmissions WHERE deliberation_id = $1',
    [deliberations],
  );
  transmission = row?.id ?? '';
  const ids = new UuidSource();
  unknown = {
    deliberations: ids.next(),
    retours: ids.next(),
    correspondances: ids.next(),
    collectivites: '552100554',
    'decisions-de-retours': ids.next(),
    journal: ids.next(),
  };
  malformed = {
    deliberations: 'abc',
    retours: 'nulle-part',
    correspondances: "1'--",
    collectivites: 'commune',
    'decisions-de-retours': 'ni-ici-ni-ailleurs',
    journal: 'plate-forme',
  };
});
afterAll(() => api.stop());

const NAME = /\{(id|siren|chaine)\}/;
const NAMING = ROUTES.filter(({ path }) => NAME.test(path));
const titleOf = ({ method, path }: RouteDescription): string => `${method.toUpperCase()} ${path}`;
const nounOf = ({ path }: RouteDescription): string => path.split('/')[2] ?? '';

function bodyFor({ path }: Pick<RouteDescription, 'path'>): Readonly<Record<string, string>> {
  const motif = 'essai de ce qui existe';
  if (path.endsWith('/decision'))
    return { transmission, nature: 'information', empreinte: '0'.repeat(64), lu: 'ce qui se lit', motif };
  if (path.endsWith('/confirmation')) return { dateReception: '2022-11-02', motif };
  if (path.endsWith('/publication')) return { datePublication: '2022-10-21', moyen: 'affichage' };
  if (path.endsWith('/constat')) return { constat: 'absente', motif };
  if (path === '/v1/collectivites/{siren}/rattachement') return { liaison: 'directe', motif };
  if (path.endsWith('/rattachement')) return { deliberation: own['deliberations'] ?? '', motif };
  return { motif };
}

async function call(
  route: RouteDescription,
  jeton: string,
  named: Readonly<Record<string, string>>,
): Promise<Answer> {
  const url = route.path.replace(NAME, named[nounOf(route)] ?? '').replace('{rang}', '0');
  if (route.method === 'get') return api.ask('GET', url, { jeton });
  if (route.body?.type === 'multipart/form-data') {
    const { payload, headers } = await bodyOf(aDeposit());
    return api.ask('POST', url, { jeton, headers, body: payload });
  }
  return api.ask('POST', url, { jeton, ...(route.body ? { body: bodyFor(route) } : {}) });
}

/** Ce qu'un client lit d'un refus : tout, sauf ce qu'il a lui-même demandé et la trace de sa demande. */
function readOf({ status, headers, body }: Answer, named: string): unknown {
  const text = JSON.stringify({ ...body, instance: null }).replaceAll(decodeURI(named), '…');
  return {
    status,
    text,
    entetes: Object.keys(headers)
      .filter((name) => name !== 'trace-id')
      .sort(),
  };
}

const allowedOf = (route: RouteDescription): readonly Role[] =>
  route.action === null ? ROLES : PERMISSIONS[route.action];

const OF_PLATFORM = 'POST /v1/collectivites/{siren}/rattachement';

describe('ce qui est d’une autre collectivité', () => {
  const cases = NAMING.flatMap((route) =>
    allowedOf(route).map((role) => [titleOf(route), role, route] as const),
  );

  it.each(cases)('%s par %s : se refuse comme ce qui n’existe pas', async (_, role, route) => {
    const jeton = api.jetonsVoisine[role];
    const other = await call(route, jeton, own);
    // Ce qui se règle pour toute la plateforme se refuse sans même regarder de qui l'on parle.
    const isOfPlatform = titleOf(route) === OF_PLATFORM;
    expect(other.status).toBe(isOfPlatform ? 403 : 404);
    expect(other.body['code']).toMatch(isOfPlatform ? /^compte\// : /\/unknown(-chain)?$/);
    for (const named of [unknown, malformed])
      expect(readOf(await call(route, jeton, named), named[nounOf(route)] ?? '')).toEqual(
        readOf(other, own[nounOf(route)] ?? ''),
      );
  });
});

describe('un rôle qui n’a pas le droit', () => {
  const cases = NAMING.flatMap((route) =>
    ROLES.filter((role) => !allowedOf(route).includes(role)).map(
      (role) => [titleOf(route), role, route] as const,
    ),
  );

  it.each(cases)(
    '%s par %s : 403, que la chose existe ou non, et avant toute lecture',
    async (_, role, route) => {
      const answers = [
        await call(route, api.jetonsCommune[role], own),
        await call(route, api.jetonsCommune[role], unknown),
        await call(route, api.jetonsVoisine[role], own),
        await call(route, api.jetonsVoisine[role], malformed),
      ];
      for (const answer of answers) {
        expect([answer.status, answer.body['code']]).toEqual([403, 'compte/forbidden']);
        expect(readOf(answer, '')).toEqual(readOf(answers[0] ?? answer, ''));
      }
      if (route.body?.type !== 'application/json') return;
      const url = route.path.replace(NAME, own[nounOf(route)] ?? '');
      const bad = await api.ask('POST', url, { jeton: api.jetonsCommune[role], body: { inconnu: true } });
      expect(bad.status).toBe(403);
    },
  );
});

describe('le compte de la commune', () => {
  it.each(NAMING.filter(({ method }) => method === 'get').map((route) => [titleOf(route), route] as const))(
    '%s : trouve ce qui est à elle, et l’essai parle bien de choses qui existent',
    async (_, route) => {
      const answer = await call(route, api.jetonsCommune.administrateur, own);
      // Pas encore d'archive ni de nomenclature : cela se dit, et seulement à qui peut voir l'acte.
      if (answer.status !== 200)
        expect(answer.body['code']).toMatch(/^(archive|classification|accuse|anomalie)\/unknown$/);
    },
  );
});

describe.each(['rattachement', 'decision'])('la cible de « %s »', (verb) => {
  const designate = (
    jeton: string,
    retour: string,
    target: Readonly<Record<string, string>>,
  ): Promise<Answer> => {
    const named = { deliberation: undefined, transmission: undefined };
    const body = { ...bodyFor({ path: `/v1/retours/{id}/${verb}` }), ...named, ...target };
    return api.ask('POST', `/v1/retours/${retour}/${verb}`, { jeton, body });
  };
  const others = (): Readonly<Record<string, string>> => ({
    deliberation: own['deliberations'] ?? '',
    transmission,
    ...(verb === 'decision' ? { correspondance: own['correspondances'] ?? '' } : {}),
  });

  it('d’une autre collectivité, se refuse comme une cible inconnue', async () => {
    const mine = await keepRetour(api, api.voisine);
    for (const [key, other] of Object.entries(others())) {
      const absent = new UuidSource().next();
      const answers = [
        readOf(await designate(api.jetonsVoisine.operateur, mine, { [key]: other }), other),
        readOf(await designate(api.jetonsVoisine.operateur, mine, { [key]: absent }), absent),
      ];
      expect(answers[0]).toEqual(answers[1]);
      expect(answers[0]).toMatchObject({
        status: 404,
        text: expect.stringContaining(`${key}/unknown`) as string,
      });
    }
  });

  it('se juge après le rôle', async () => {
    const mine = await keepRetour(api, api.voisine);
    for (const target of [own['deliberations'] ?? '', new UuidSource().next()])
      expect((await designate(api.jetonsVoisine.deposant, mine, { deliberation: target })).status).toBe(403);
  });
});
