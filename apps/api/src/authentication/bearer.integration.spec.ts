import type { Role } from '@teletransmission/teletransmission';
import { PERMISSIONS, ROLES } from '@teletransmission/teletransmission';
import { PgCompteRepository } from '@teletransmission/persistence';
import { SystemClock } from '@teletransmission/observability';
import { eventually } from '../../../../test/services/eventually';
import type { Answer } from '../../test/running-api';
import { RunningApi } from '../../test/running-api';
import { aDeposit, bodyOf } from '../../test/a-deposit';
import { ROUTES } from '../openapi/routes';
import type { RouteDescription } from '../openapi/routes';

jest.setTimeout(30_000);

let api: RunningApi;
let deliberation: string;

beforeAll(async () => {
  api = await RunningApi.start();
  deliberation = await api.deposited();
});
afterAll(() => api.stop());

const closed = ROUTES.filter(({ isOpen }) => isOpen !== true);
/** Les métriques ont leur propre jeton, que n'a aucun compte. */
const forComptes = closed.filter(({ path }) => path !== '/metrics');
const titleOf = ({ method, path }: RouteDescription): string => `${method.toUpperCase()} ${path}`;

const UNKNOWN_ACTE = 'deliberation/unknown';
const UNKNOWN: Readonly<Record<string, string>> = {
  correspondances: 'correspondance/unknown',
  retours: 'retour/unknown',
  'decisions-de-retours': 'decision/unknown',
};

function bodyFor(path: string, id: string): Readonly<Record<string, string>> {
  const motif = 'essai des droits';
  if (path.endsWith('/publication')) return { datePublication: '2022-10-21' };
  if (path.endsWith('/constat')) return { constat: 'absente', motif };
  if (path.endsWith('/confirmation')) return { dateReception: '2022-11-02', motif };
  if (path.endsWith('/decision'))
    return {
      deliberation: id,
      nature: 'information',
      empreinte: '0'.repeat(64),
      lu: 'ce qui se lit',
      motif,
    };
  if (path.endsWith('/rattachement')) return { deliberation: id, motif };
  return { motif };
}

/** Une demande bien formée à cette route, au nom de ce jeton. */
async function call(route: RouteDescription, jeton: string | null, id = deliberation): Promise<Answer> {
  const url = route.path.replace('{id}', id).replace('{siren}', api.commune.siren);
  if (route.method === 'get') return api.ask('GET', url, { jeton });
  if (route.body?.type === 'multipart/form-data') {
    const { payload, headers } = await bodyOf(aDeposit());
    return api.ask('POST', url, { jeton, headers, body: payload });
  }
  return api.ask('POST', url, { jeton, body: bodyFor(route.path, id) });
}

describe('sans jeton valable', () => {
  it.each([
    ['sans jeton', null],
    ['avec un jeton de fantaisie', 'tlt_ceci-n-est-le-jeton-de-personne'],
    ['avec un jeton d’un autre monde', '<script>'],
  ])('aucune adresse ne répond %s, la santé exceptée', async (_, jeton) => {
    for (const route of closed) {
      const answer = await call(route, jeton);
      expect([titleOf(route), answer.status]).toEqual([titleOf(route), 401]);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
      expect(answer.body).toMatchObject({ code: 'http/unauthenticated', status: 401 });
    }
  });

  it('un jeton révoqué ne vaut plus, dès que la base l’a dit', async () => {
    const comptes = new PgCompteRepository(api.dataSource);
    const known = await comptes.list();
    const auditeur = known.find(
      ({ role, collectiviteId }) => role === 'auditeur' && collectiviteId === api.voisine.id,
    );
    if (!auditeur) throw new Error('Compte introuvable');
    expect((await api.ask('GET', '/v1/deliberations', { jeton: api.jetonsVoisine.auditeur })).status).toBe(
      200,
    );
    await comptes.revoke(auditeur.id, new SystemClock().now());
    await eventually(
      'la révocation est sue',
      async () =>
        (await api.ask('GET', '/v1/deliberations', { jeton: api.jetonsVoisine.auditeur })).status === 401,
    );
    for (const route of closed) {
      const answer = await call(route, api.jetonsVoisine.auditeur);
      expect([titleOf(route), answer.status]).toEqual([titleOf(route), 401]);
    }
  });

  it('la santé répond, et ne dit rien de personne', async () => {
    expect((await api.ask('GET', '/health/live', { jeton: null })).body).toEqual({ etat: 'ok' });
    const ready = await api.ask('GET', '/health/ready', { jeton: null });
    // Aucun travailleur ne s'est montré : les dépôts se gardent quand même, le service est dégradé, pas arrêté.
    expect([ready.status, ready.body]).toMatchObject([
      200,
      {
        etat: 'degrade',
        dependances: { postgresql: 'ok', documents: 'ok', travailleurs: 'en-panne', surveillance: 'ok' },
        manques: [{ nom: 'travailleurs', code: 'alerte/travailleurs-absents' }],
      },
    ]);
  });

  it('le mot « Bearer » se lit dans toutes les casses', async () => {
    const headers = { authorization: `bearer ${api.jetons.auditeur}` };
    expect((await api.ask('GET', '/v1/deliberations', { jeton: null, headers })).status).toBe(200);
  });
});

describe('chaque rôle peut ce que dit le tableau des permissions, et rien de plus', () => {
  const cases = forComptes.flatMap((route) => ROLES.map((role) => [titleOf(route), role, route] as const));

  it.each(cases)('%s par %s', async (_, role, route) => {
    const answer = await call(route, api.jetonsCommune[role]);
    const allowed: readonly Role[] = route.action === null ? ROLES : PERMISSIONS[route.action];
    if (allowed.includes(role)) {
      expect(answer.body['code']).not.toBe('compte/forbidden');
      expect(answer.status).not.toBe(401);
      return;
    }
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ code: 'compte/forbidden', role, roles: allowed });
  });
});

describe('un compte borné à une collectivité', () => {
  it('ne voit d’une délibération ou d’une lettre d’une autre qu’un 404, comme d’une qui n’existe pas', async () => {
    const jeton = api.jetonsVoisine.administrateur;
    for (const route of closed.filter(({ path }) => path.includes('{id}'))) {
      const [, , noun = ''] = route.path.split('/');
      // Rattacher et décider nomment d'abord l'acte, et c'est lui qui manque.
      const code = /\/(rattachement|decision)$/.test(route.path)
        ? UNKNOWN_ACTE
        : (UNKNOWN[noun] ?? UNKNOWN_ACTE);
      const other = await call(route, jeton);
      const absent = await call(route, jeton, '00000000-0000-7000-8000-000000000000');
      expect([titleOf(route), other.status, other.body['code']]).toEqual([titleOf(route), 404, code]);
      expect(absent.body).toMatchObject({
        status: 404,
        code,
        title: other.body['title'] as string,
      });
    }
  });

  it('ne dépose pas pour une autre, et n’apprend pas qui est inscrit', async () => {
    const jeton = api.jetonsVoisine.deposant;
    const inscrite = await api.deposit(aDeposit(), { jeton });
    const inconnue = await api.deposit(aDeposit({ collectivite: '552100554' }), { jeton });
    expect([inscrite.status, inscrite.body['code']]).toEqual([403, 'compte/other-collectivite']);
    expect([inconnue.status, inconnue.body['code']]).toEqual([403, 'compte/other-collectivite']);
  });

  it('ne liste et n’exporte que les siennes', async () => {
    const jeton = api.jetonsVoisine.operateur;
    const listed = await api.ask('GET', '/v1/deliberations', { jeton });
    const asked = await api.ask('GET', `/v1/deliberations?siren=${api.commune.siren}`, { jeton });
    expect([listed.body['deliberations'], asked.body['deliberations']]).toEqual([[], []]);
    expect((await api.ask('GET', '/v1/accuses.csv', { jeton })).text.trim().split('\r\n')).toHaveLength(1);
  });

  it('ne lit pas l’historique d’une autre collectivité', async () => {
    const jeton = api.jetonsVoisine.operateur;
    const answer = await api.ask('GET', `/v1/collectivites/${api.commune.siren}/historique`, { jeton });
    expect([answer.status, answer.body['code']]).toEqual([404, 'collectivite/unknown']);
  });
});
