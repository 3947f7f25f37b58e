import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { startRedis } from '../../../apps/local/src/servers/redis/redis';
import type { RunningServer } from '../../../apps/local/src/servers/running-server';
import { eventually } from '../../../test/services/eventually';
import { aMessage, QueueRig } from '../test/queue-rig';
import type { QueuesUnwritable } from './backend';
import { upsertSchedules } from './schedules';

jest.setTimeout(60_000);

const PASSWORD = 'mot-de-passe-de-l-essai';
const GIVEN = 'un-autre';

/** Un Redis à soi : ces essais le rendent muet d'une façon qui gênerait les autres suites. */
describe('un Redis que l’on joint et qui ne s’écrit pas', () => {
  let folder: string;
  let server: RunningServer;
  let administrator: Redis;
  let rig: QueueRig;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'redis-muet-'));
    chmodSync(folder, 0o711);
    const files = { folder: path.join(folder, 'redis'), journal: path.join(folder, 'redis.log') };
    server = await startRedis({ ...files, durable: false });
    administrator = new Redis({ path: server.url.slice('unix:'.length) });
  });
  afterEach(() => rig.close());
  afterAll(async () => {
    administrator.disconnect();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (): QueueRig => {
    rig = QueueRig.open({ redisUrl: server.url });
    return rig;
  };
  const relayCodes = (): readonly unknown[] =>
    rig.log.lines
      .filter(({ message }) => message.startsWith('relais de la boîte'))
      .map(({ fields }) => fields['code']);

  const ways: readonly (readonly [string, string, () => Promise<unknown>, () => Promise<unknown>])[] = [
    [
      'en lecture seule',
      'READONLY',
      () => administrator.call('REPLICAOF', '127.0.0.1', '1'),
      () => administrator.call('REPLICAOF', 'NO', 'ONE'),
    ],
    [
      'plein',
      'OOM',
      () => administrator.config('SET', 'maxmemory', '1'),
      () => administrator.config('SET', 'maxmemory', '0'),
    ],
    [
      'qui veut des répliques qu’il n’a pas',
      'NOREPLICAS',
      () => administrator.config('SET', 'min-replicas-to-write', '1'),
      () => administrator.config('SET', 'min-replicas-to-write', '0'),
    ],
  ];

  it.each(ways)(
    '%s : la sonde et le journal disent %s, et tout repart quand il s’écrit',
    async (_, word, spoil, mend) => {
      open();
      rig.startRelay();
      rig.startRunner();
      const [before, during] = [aMessage(), aMessage()];
      rig.publish(before);
      await rig.reaches(before, 'completed');
      await spoil();
      try {
        await expect(rig.backend.ping()).rejects.toMatchObject({ name: 'QueuesUnwritable', code: word });
        await expect(upsertSchedules(rig.queues, [])).rejects.toMatchObject({ code: word });
        rig.publish(during);
        await eventually('le relais dit pourquoi', () => relayCodes().includes(word));
        expect(rig.outbox.rows).toEqual([during]);
      } finally {
        await mend();
      }
      await expect(rig.backend.ping()).resolves.toBeUndefined();
      await rig.reaches(during, 'completed');
      expect(rig.done.map(({ transmissionId }) => transmissionId)).toEqual([
        before.targetId,
        during.targetId,
      ]);
    },
  );

  it.each([
    ['sans mot de passe', '', 'NOAUTH'],
    ['sous un mauvais mot de passe', `:${GIVEN}@`, 'WRONGPASS'],
  ])(
    'joint %s : la sonde le dit par le mot de Redis, et ne dit pas le mot de passe',
    async (_, given, word) => {
      await administrator.config('SET', 'requirepass', PASSWORD);
      // Une prise locale ne porte pas de mot de passe : un port, si.
      const passage = net.createServer((client) => {
        const behind = net.connect(server.url.slice('unix:'.length));
        for (const socket of [client, behind]) socket.on('error', () => undefined);
        client.pipe(behind).pipe(client);
      });
      await new Promise<void>((resolve) => passage.listen(0, '127.0.0.1', resolve));
      try {
        const { port } = passage.address() as net.AddressInfo;
        rig = QueueRig.open({ redisUrl: `redis://${given}127.0.0.1:${port}` });
        const fault = await rig.backend.ping().catch((error: unknown) => error as QueuesUnwritable);
        expect(fault).toMatchObject({ code: word });
        expect(fault?.message).not.toContain(GIVEN);
      } finally {
        passage.close();
        await administrator.config('SET', 'requirepass', '');
      }
    },
  );

  it('arrêté : la sonde dit ce que le système en dit, et non qu’elle a trop essayé', async () => {
    rig = QueueRig.open({ redisUrl: `${server.url}.absent` });
    await expect(rig.backend.ping()).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
