import { Redis } from 'ioredis';
import { rmSync } from 'node:fs';
import { depositForm } from '../processes/deposit-form';
import { OwnInstance, makeInstanceFolder } from '../processes/own-instance';
import type { Depositor } from '../processes/own-instance';
import { eventually } from '../services/eventually';

/** La surveillance se fait à chaque demi-seconde ; trois secondes sans elle, et l'API le dit. */
const SETTINGS = {
  BALAYAGE_PERIODE_MS: '500',
  ALERTE_RELEVE_MS: '3000',
  METRIQUES_JETON: 'secret-que-prometheus-presente',
};
/** Une machine chargée met une minute à tout lancer. */
const START_WITHIN_MS = 240_000;
const SEEN_WITHIN_MS = 60_000;

interface Ready {
  readonly etat: string;
  readonly dependances: Readonly<Record<string, string>>;
  readonly manques?: readonly { readonly nom: string; readonly code: string; readonly cause: string }[];
}

describe('ce dont l’API dépend s’arrête', () => {
  const folder = makeInstanceFolder();
  const abandon = new AbortController();
  let service: OwnInstance | undefined;
  let depositor: Depositor;

  beforeAll(async () => {
    service = await OwnInstance.start({ workers: 1, settings: SETTINGS, folder, signal: abandon.signal });
    depositor = await service.register(1, abandon.signal);
  }, START_WITHIN_MS);
  afterAll(async () => {
    // Plus rien de ce qu'ils attendent ne reviendra : un arrêt poli n'apprendrait rien.
    service?.killNow();
    await service?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, START_WITHIN_MS);

  const ask = (route: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${service?.addresses.api ?? ''}${route}`, { ...init, signal: AbortSignal.timeout(30_000) });
  const ready = async (): Promise<readonly [number, Ready]> => {
    const response = await ask('/health/ready');
    return [response.status, (await response.json()) as Ready];
  };
  const becomes = (etat: string): Promise<void> =>
    eventually(`l’API est « ${etat} »`, async () => (await ready())[1].etat === etat, SEEN_WITHIN_MS);
  const metriques = async (): Promise<string> => {
    const headers = { authorization: `Bearer ${SETTINGS.METRIQUES_JETON}` };
    const response = await ask('/metrics', { headers });
    expect(response.status).toBe(200);
    return response.text();
  };
  const deposit = (numeroInterne: string): Promise<Response> =>
    ask('/v1/deliberations', {
      method: 'POST',
      headers: { authorization: `Bearer ${depositor.jeton}` },
      body: depositForm(depositor.siren, numeroInterne),
    });

  it(
    'rien : tout est en marche',
    async () => {
      await becomes('ok');
      expect((await deposit('DEP-1')).status).toBe(201);
      expect(await metriques()).toContain('teletransmission_dependance_disponible{nom="surveillance"} 1');
    },
    SEEN_WITHIN_MS + 10_000,
  );

  it(
    'Redis en lecture seule : le travailleur dit que les files ne s’écrivent pas et pourquoi, le dépôt est gardé, et tout part ensuite',
    async () => {
      const redis = new Redis({ path: (service?.redisUrl ?? '').replace(/^unix:/, '') });
      const worker = async (): Promise<Ready> =>
        (await (await fetch(`${service?.addresses.workers[0] ?? ''}/health/ready`)).json()) as Ready;
      try {
        await redis.call('REPLICAOF', '127.0.0.1', '1');
        await eventually(
          'le travailleur le dit',
          async () => (await worker()).dependances['files'] === 'en-panne',
          SEEN_WITHIN_MS,
        );
        expect((await worker()).manques).toMatchObject([
          { nom: 'files', code: 'READONLY', cause: expect.stringContaining('lecture seule') as string },
        ]);
        expect((await deposit('DEP-RO')).status).toBe(201);
        const written = service?.journals().map(({ text }) => text) ?? [];
        expect(written.some((text) => text.includes('"code":"READONLY"'))).toBe(true);
      } finally {
        await redis.call('REPLICAOF', 'NO', 'ONE');
        redis.disconnect();
      }
      await eventually(
        'le dépôt est accusé',
        async () => {
          const listed = await ask('/v1/deliberations?mots=DEP-RO', {
            headers: { authorization: `Bearer ${depositor.jeton}` },
          });
          return (await listed.text()).includes('"etat":"acknowledged"');
        },
        SEEN_WITHIN_MS,
      );
    },
    SEEN_WITHIN_MS * 2 + 10_000,
  );

  it(
    'Redis : l’API se dit dégradée, répond toujours 200, et garde les dépôts',
    async () => {
      await service?.part('redis').stop();
      await becomes('degrade');
      const [status, { dependances, manques }] = await ready();
      expect([status, dependances]).toEqual([
        200,
        { postgresql: 'ok', documents: 'ok', travailleurs: 'ok', surveillance: 'en-panne' },
      ]);
      expect(manques).toMatchObject([{ nom: 'surveillance', code: 'alerte/balayage-absent' }]);

      const deposited = await deposit('DEP-2');
      expect(deposited.status).toBe(201);
      const followed = await ask(deposited.headers.get('location') ?? '', {
        headers: { authorization: `Bearer ${depositor.jeton}` },
      });
      expect([followed.status, await followed.json()]).toMatchObject([200, { numeroInterne: 'DEP-2' }]);
    },
    SEEN_WITHIN_MS + 10_000,
  );

  it(
    'PostgreSQL : l’API répond 503 en le nommant, vit toujours, et ses métriques le disent',
    async () => {
      await service?.part('postgres').stop();
      await becomes('en-panne');
      const [status, { dependances, manques = [] }] = await ready();
      expect([status, dependances['postgresql']]).toEqual([503, 'en-panne']);
      expect(manques.map(({ nom }) => nom)).toContain('postgresql');
      expect((await ask('/health/live')).status).toBe(200);

      const refused = await deposit('DEP-3');
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '10']);
      await eventually(
        'les métriques nomment ce qui manque',
        async () =>
          (await metriques()).includes('teletransmission_dependance_disponible{nom="postgresql"} 0'),
        SEEN_WITHIN_MS,
      );
      await eventually(
        'ce que la base disait n’est plus dit',
        async () => !(await metriques()).includes('teletransmission_depots_total'),
        SEEN_WITHIN_MS,
      );
    },
    SEEN_WITHIN_MS * 2 + 10_000,
  );
});
