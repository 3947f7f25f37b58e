import { instantOf } from '@teletransmission/kernel';
import { eventually } from '../../../test/services/eventually';
import { aMessage, QueueRig } from '../test/queue-rig';
import { forgetEverything, RedisProxy } from '../test/redis-proxy';
import { requeue } from './relay/requeue';
import { upsertSchedules } from './schedules';

jest.setTimeout(60_000);

const PREFIX = 'essai-panne';
const SCHEDULES = [{ queue: 'collect-retours', periodMs: 3_600_000 }] as const;

let proxy: RedisProxy;
let rig: QueueRig;
beforeEach(async () => {
  proxy = new RedisProxy();
  await forgetEverything(PREFIX);
});
afterEach(async () => {
  await rig.close();
  await proxy.close();
  await forgetEverything(PREFIX);
});

function open(): QueueRig {
  rig = QueueRig.open({ redisUrl: proxy.url, prefix: PREFIX });
  return rig;
}

const relayFailures = (): number =>
  rig.log.lines.filter(({ message }) => message.startsWith('relais de la boîte')).length;

describe('Redis absent', () => {
  it('au démarrage, n’empêche ni d’ouvrir, ni de le dire, ni de s’arrêter', async () => {
    open();
    rig.startRelay();
    rig.startRunner();
    await expect(upsertSchedules(rig.queues, SCHEDULES)).rejects.toThrow();
    await expect(rig.backend.ping()).rejects.toThrow();
    rig.publish(aMessage());
    await eventually('le relais dit sa panne', () => relayFailures() > 0);
    expect(rig.outbox.rows).toHaveLength(1);
    const started = performance.now();
    await rig.close();
    expect(performance.now() - started).toBeLessThan(10_000);
    await proxy.restore();
    open();
  });

  it('au démarrage, puis présent : tout part de soi-même', async () => {
    open();
    rig.startRelay();
    rig.startRunner();
    const message = aMessage();
    rig.publish(message);
    await eventually('le relais dit sa panne', () => relayFailures() > 0);
    await proxy.restore();
    await rig.reaches(message, 'completed');
    await upsertSchedules(rig.queues, SCHEDULES);
  });

  it('pendant le relais, laisse les lignes dans la boîte ; revenu, elles partent une fois', async () => {
    await proxy.restore();
    open();
    rig.startRelay();
    rig.startRunner();
    const [before, during] = [aMessage(), aMessage()];
    rig.publish(before);
    await rig.reaches(before, 'completed');
    await proxy.cut();
    rig.publish(during);
    await eventually('le relais dit sa panne', () => relayFailures() > 0);
    expect(rig.outbox.rows).toEqual([during]);
    await proxy.restore();
    await rig.reaches(during, 'completed');
    expect(rig.outbox.rows).toEqual([]);
    expect(rig.done.map(({ transmissionId }) => transmissionId)).toEqual([before.targetId, during.targetId]);
  });

  it('pendant un travail, ne le fait ni perdre ni refaire', async () => {
    await proxy.restore();
    open();
    rig.startRelay();
    let runs = 0;
    rig.startRunner({
      'submit-enveloppe': async () => {
        runs += 1;
        await proxy.cut();
        await eventually('la liaison est tombée', async () =>
          rig.backend.ping().then(
            () => false,
            () => true,
          ),
        );
        await proxy.restore();
        return { kind: 'done' };
      },
    });
    const message = aMessage();
    rig.publish(message);
    await rig.reaches(message, 'completed');
    expect(runs).toBe(1);
  });

  it('figé, ne retient pas le relais au-delà de son délai', async () => {
    await proxy.restore();
    open();
    const first = aMessage();
    rig.startRelay();
    rig.publish(first);
    await rig.reaches(first, 'waiting');
    proxy.freeze();
    rig.publish(aMessage());
    await eventually('le relais renonce', () => relayFailures() > 0, 20_000);
    expect(rig.outbox.rows).toHaveLength(1);
    await proxy.restore();
    await eventually('les lignes partent', () => rig.outbox.rows.length === 0, 20_000);
  });
});

describe('Redis vidé', () => {
  it('se rebâtit de ce que la base attend, avec ses rendez-vous', async () => {
    await proxy.restore();
    open();
    rig.startRelay();
    const messages = [
      aMessage(),
      aMessage({ job: 'seal-enveloppe', notBefore: instantOf(Date.now() + 3_600_000) }),
    ];
    rig.publish(...messages);
    for (const message of messages)
      await eventually('il est en file', async () => (await rig.stateOf(message)) !== 'absent');
    await upsertSchedules(rig.queues, SCHEDULES);
    await forgetEverything(PREFIX);
    for (const message of messages) expect(await rig.stateOf(message)).toBe('absent');
    expect(await rig.queue('collect-retours').getJobSchedulers()).toEqual([]);

    expect(await requeue(messages, rig.queues, rig.outbox)).toBe(2);
    rig.notify();
    for (const message of messages) await rig.reaches(message, 'waiting');
    await upsertSchedules(rig.queues, SCHEDULES);
    expect(await rig.queue('collect-retours').getJobSchedulersCount()).toBe(1);
    rig.startRunner();
    await eventually('le travail est fait', () =>
      rig.done.some(({ transmissionId }) => transmissionId === messages[0]?.targetId),
    );
  });
});

describe('un travailleur mort', () => {
  it('laisse son travail, qu’un autre reprend sans qu’un essai soit compté pour rien', async () => {
    await proxy.restore();
    open();
    rig.startRelay();
    const message = aMessage();
    const doomed = rig.backend.openWorker('submit-enveloppe', () => new Promise<string>(() => undefined), {
      lockDuration: 500,
      stalledInterval: 300,
    });
    doomed.on('error', () => undefined);
    rig.publish(message);
    await rig.reaches(message, 'active');
    await doomed.close(true);
    rig.startRunner({}, { durationMs: 1_000, checkEveryMs: 300 });
    await rig.reaches(message, 'completed');
    expect(rig.done).toHaveLength(1);
  });
});
