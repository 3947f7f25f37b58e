import type { Settings } from '@teletransmission/config';
import { createLog } from '@teletransmission/observability';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { RedisCounters } from '@teletransmission/queues';
import { eventually } from '../../../../test/services/eventually';
import { aDeposit } from '../../test/a-deposit';
import type { Answer } from '../../test/running-api';
import { RunningApi } from '../../test/running-api';

jest.setTimeout(60_000);

const REDIS = process.env['TEST_REDIS_URL'] ?? null;
const LARGE = { compte: 1_000_000_000, adresse: 1_000_000_000 };
let api: RunningApi | undefined;
afterEach(async () => {
  await api?.stop();
  api = undefined;
});

async function open(portes: Partial<Settings['portes']>): Promise<RunningApi> {
  const compteurs = { redisUrl: REDIS, prefix: `essai-${randomUUID()}` };
  api = await RunningApi.start(undefined, { compteurs, ...portes });
  return api;
}

/** Les demandes servies avant la première refusée. */
async function servedBefore429(running: RunningApi, jeton: string | null): Promise<number> {
  for (let served = 0; ; served += 1) {
    const { status } = await running.ask('GET', '/v1/retours', { jeton });
    if (status === 429) return served;
    if (served > 50) return Infinity;
  }
}

describe('les demandes par minute', () => {
  it('d’un compte ont une limite, qui dit quand recommencer ; celles d’un autre compte passent', async () => {
    const running = await open({ demandesParMinute: { compte: 5, adresse: 1_000 } });
    const { operateur, auditeur } = running.jetons;
    expect(await servedBefore429(running, operateur)).toBe(5);
    const refused = await running.ask('GET', '/v1/retours', { jeton: operateur });
    expect(refused.body).toMatchObject({
      status: 429,
      code: 'http/too-many-requests',
      title: 'Trop de demandes',
    });
    expect(refused.body['detail']).toMatch(
      /^Ce compte a fait plus de 5 demandes en une minute\. Attendez \d+ secondes?/,
    );
    expect(refused.headers['content-type']).toContain('application/problem+json');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect((await running.ask('GET', '/v1/retours', { jeton: auditeur })).status).toBe(200);
  });

  it('d’une adresse ont la leur, jeton ou non, adresses inconnues comprises ; la santé répond toujours', async () => {
    const running = await open({ demandesParMinute: { compte: 1_000, adresse: 6 } });
    expect(await servedBefore429(running, null)).toBe(6);
    expect((await running.ask('GET', '/v1/nulle-part', { jeton: null })).body['code']).toBe(
      'http/too-many-requests',
    );
    expect((await running.ask('GET', '/v1/retours')).body['detail']).toMatch(
      /^Cette adresse a fait plus de 6 demandes/,
    );
    for (const door of ['/health/live', '/health/ready'])
      expect((await running.ask('GET', door, { jeton: null })).status).toBe(200);
  });

  it('se comptent tous processus ensemble, et par chacun quand Redis manque', async () => {
    const demandesParMinute = { compte: 4, adresse: 1_000 };
    const shared = { redisUrl: REDIS, prefix: `essai-${randomUUID()}` };
    const first = await open({ demandesParMinute, compteurs: shared });
    const { jetons } = first;
    expect(await servedBefore429(first, jetons.operateur)).toBe(4);
    const other = RedisCounters.open(shared, createLog('essai', 'silent'));
    const compte: { id: string }[] = await first.dataSource.query(
      `SELECT id FROM comptes WHERE nom = 'essai operateur' AND collectivite_id IS NULL`,
    );
    expect((await other.increment(`compte:${compte[0]?.id ?? ''}`, 60_000)).current).toBeGreaterThan(4);
    other.close();
    await first.stop();
    const alone = await open({
      demandesParMinute,
      compteurs: { redisUrl: 'redis://127.0.0.1:1', prefix: 'absent' },
    });
    expect(await servedBefore429(alone, alone.jetons.operateur)).toBe(4);
  });
});

describe('les octets en vol', () => {
  /** Tient des octets, jusqu'à ce qu'un dépôt en soit refusé : arrivée pendant un autre envoi, la demande a pu l'être elle-même. */
  async function taken(
    running: RunningApi,
    jeton: string,
    deposited: () => Promise<number>,
  ): Promise<Socket> {
    let socket = await holding(running, jeton, 49_990);
    await eventually('la place est prise', async () => {
      if (socket.bytesRead > 0) {
        socket.destroy();
        socket = await holding(running, jeton, 49_990);
      }
      return (await deposited()) === 429;
    });
    return socket;
  }

  /** Une demande qui annonce des octets, et n'en donne que le début. */
  async function holding(running: RunningApi, jeton: string, bytes: number): Promise<Socket> {
    const { port } = running.app.getHttpServer().address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.on('error', () => undefined).resume();
    socket.write(
      `POST /v1/deliberations HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${jeton}\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: ${bytes}\r\n\r\n--b\r\n`,
    );
    // Une autre demande, entière : celle-ci a eu le temps d'arriver, et n'entre pas en course avec le dépôt qui suit.
    await running.ask('GET', '/v1/retours');
    return socket;
  }

  it.each(['redis', 'processus seul'])(
    'd’un compte ont une limite, rendue dès que l’envoi finit ou que le client raccroche (%s)',
    async (where) => {
      const compteurs = { redisUrl: where === 'redis' ? REDIS : null, prefix: `essai-${randomUUID()}` };
      const running = await open({
        octetsEnVol: { compte: 50_000, adresse: 1_000_000 },
        demandesParMinute: LARGE,
        compteurs,
      });
      await running.app.listen(0, '127.0.0.1');
      const { deposant, administrateur } = running.jetonsCommune;
      // Seul, un envoi passe quoi qu'il pèse, et rend sa place en finissant.
      expect((await running.deposit(aDeposit())).status).toBe(201);
      const deposited = (): Promise<number> => running.deposit(aDeposit()).then(({ status }) => status);
      const socket = await taken(running, deposant, deposited);
      const refused = await running.deposit(aDeposit());
      expect(refused.body).toMatchObject({ status: 429, code: 'http/too-much-in-flight' });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect((await running.deposit(aDeposit(), { jeton: administrateur })).status).toBe(201);
      socket.destroy();
      await eventually('la place est rendue', async () => (await deposited()) === 201);
    },
  );

  it('d’une adresse ont la leur', async () => {
    const running = await open({ octetsEnVol: { compte: 1_000_000, adresse: 50_000 } });
    await running.app.listen(0, '127.0.0.1');
    const ask = (): Promise<Answer> =>
      running.deposit(aDeposit(), { jeton: running.jetonsCommune.administrateur });
    const deposited = (): Promise<number> => ask().then(({ status }) => status);
    const socket = await taken(running, running.jetonsCommune.deposant, deposited);
    expect((await ask()).body['detail']).toMatch(/^Cette adresse envoie déjà/);
    socket.destroy();
    await eventually('la place est rendue', async () => (await deposited()) === 201);
  });
});
