import { instanceFolderAt } from './instance-folder';
import {
  environmentOf,
  planApplications,
  planInstance,
  publishedSettings,
  STOP_ORDER,
} from './instance-plan';

const folder = instanceFolderAt('/instance');
const servers = {
  databaseUrl: 'postgres://service@localhost/x',
  ownerUrl: 'postgres://app@localhost/x',
  redisUrl: 'unix:/tmp/r.sock',
};

describe('Le plan de l’instance', () => {
  it('donne à chacun son port habituel, sur cette machine seulement', () => {
    const plan = planInstance({}, folder, {}, 'jeton');
    expect(plan.ports).toEqual([
      { variable: 'API_PORT', host: '127.0.0.1', port: 3000 },
      { variable: 'ADMIN_PORT', host: '127.0.0.1', port: 3001 },
      { variable: 'WORKER_PORT', host: '127.0.0.1', port: 3002 },
      { variable: 'SIMULATEUR_PORT', host: '127.0.0.1', port: 3003 },
    ]);
    expect(plan.settings).toMatchObject({
      API_PORT: '3000',
      API_HOTE: '127.0.0.1',
      STOCKAGE_DOSSIER: '/instance/stockage',
    });
  });

  it('garde les ports que la personne a choisis, sauf si elle demande de les décaler tous', () => {
    expect(planInstance({}, folder, { API_PORT: '8080' }).addresses.api).toBe('http://127.0.0.1:8080');
    expect(planInstance({ portBase: 4000 }, folder, { API_PORT: '8080' }).addresses).toEqual({
      api: 'http://127.0.0.1:4000',
      admin: 'http://127.0.0.1:4001',
      worker: 'http://127.0.0.1:4002',
      prefecture: 'http://127.0.0.1:4003',
    });
  });

  it('parle toujours au simulateur, avec un jeton neuf, quoi que dise l’environnement', () => {
    const env = { PREFECTURE_URL: 'https://prefecture.invalid', PREFECTURE_JETON: 'vrai' };
    const first = planInstance({}, folder, env);
    const second = planInstance({}, folder, env);
    expect(environmentOf(first, servers, env)['PREFECTURE_URL']).toBe('http://127.0.0.1:3003');
    expect(first.settings['PREFECTURE_JETON']).toBe(first.settings['SIMULATEUR_JETON']);
    expect(first.settings['PREFECTURE_JETON']).not.toBe(second.settings['PREFECTURE_JETON']);
  });

  it('sans Redis, met les files dans PostgreSQL et ôte toute adresse de Redis héritée', () => {
    const plan = planInstance({}, folder, {});
    const environment = environmentOf(
      plan,
      { ...servers, redisUrl: null },
      { REDIS_URL: 'redis://ailleurs', PATH: '/bin' },
    );
    expect(environment).toMatchObject({ QUEUE_BACKEND: 'postgres', PATH: '/bin' });
    expect(environment).not.toHaveProperty('REDIS_URL');
    expect(environmentOf(plan, servers, {})).toMatchObject({
      QUEUE_BACKEND: 'redis',
      REDIS_URL: 'unix:/tmp/r.sock',
    });
  });

  it('ne donne le propriétaire de la base à aucune application, fût-il dans l’environnement, ni un secret deux fois', () => {
    const environment = environmentOf(planInstance({}, folder, {}), servers, {
      DATABASE_OWNER_URL: 'postgres://app@localhost/x',
      DATABASE_OWNER_URL_FILE: '/secrets/proprietaire',
      DATABASE_URL_FILE: '/secrets/base',
      PREFECTURE_JETON_FILE: '/secrets/prefecture',
      METRIQUES_JETON_FILE: '/secrets/metriques',
    });
    expect(environment['DATABASE_URL']).toBe(servers.databaseUrl);
    expect(Object.keys(environment).filter((key) => /OWNER|_FILE$/.test(key))).toEqual([
      'METRIQUES_JETON_FILE',
    ]);
  });

  it('laisse à la ligne de commande de quoi trouver l’instance', () => {
    expect(publishedSettings(planInstance({}, folder, {}), servers)).toMatchObject({
      DATABASE_URL: servers.databaseUrl,
      DATABASE_OWNER_URL: servers.ownerUrl,
      REDIS_URL: servers.redisUrl,
      API_URL: 'http://127.0.0.1:3000',
      ADMIN_URL: 'http://127.0.0.1:3001',
    });
  });

  it('dit dans quel ordre arrêter chaque application qu’il lance, le travailleur le premier', () => {
    const plan = planInstance({}, folder, {});
    const names = planApplications(plan, {}, '/dist').map(({ name }) => name);
    expect(STOP_ORDER.flat().toSorted()).toEqual(names.toSorted());
    expect(STOP_ORDER[0]).toEqual(['worker']);
  });
});
