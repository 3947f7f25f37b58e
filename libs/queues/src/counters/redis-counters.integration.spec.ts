import { randomUUID } from 'node:crypto';
import { MemoryLog } from '../../test/queue-rig';
import { RedisProxy } from '../../test/redis-proxy';
import { RedisCounters } from './redis-counters';

jest.setTimeout(60_000);

const MINUTE_MS = 60_000;
let proxy: RedisProxy;
let prefix = '';
const opened: RedisCounters[] = [];
beforeEach(() => {
  proxy = new RedisProxy();
  prefix = `essai-${randomUUID()}`;
});
afterEach(async () => {
  for (const counters of opened.splice(0)) counters.close();
  await proxy.close();
});

const log = new MemoryLog();
function open(redisUrl: string | null = proxy.url): RedisCounters {
  const counters = RedisCounters.open({ redisUrl, prefix }, log);
  opened.push(counters);
  return counters;
}

describe('les compteurs partagés', () => {
  it('sont les mêmes pour deux processus, et leur fenêtre finit', async () => {
    await proxy.restore();
    const [one, other] = [open(), open()];
    expect(await one.increment('a', MINUTE_MS)).toMatchObject({ current: 1 });
    const { current, ttlMs } = await other.increment('a', MINUTE_MS);
    expect(current).toBe(2);
    expect(ttlMs).toBeGreaterThan(0);
    expect(ttlMs).toBeLessThanOrEqual(MINUTE_MS);
  });

  it('retiennent les octets de tous, et les rendent', async () => {
    await proxy.restore();
    const [one, other] = [open(), open()];
    const release = await one.hold('a', 80, 100, MINUTE_MS);
    expect(release).not.toBeNull();
    expect(await other.hold('a', 30, 100, MINUTE_MS)).toBeNull();
    expect(await other.hold('a', 20, 100, MINUTE_MS)).not.toBeNull();
    release?.();
    expect(await one.hold('a', 80, 100, MINUTE_MS)).not.toBeNull();
  });

  it('oublient les octets d’un processus tué, quand plus rien ne peut encore les envoyer', async () => {
    await proxy.restore();
    const [dead, other] = [open(), open()];
    expect(await dead.hold('a', 80, 100, 0)).not.toBeNull();
    expect(await other.hold('a', 80, 100, MINUTE_MS)).not.toBeNull();
  });

  it('Redis absent, sont ceux de chaque processus, et le disent une fois ; aucun appel n’échoue', async () => {
    const [one, other] = [open(), open(null)];
    const before = log.lines.length;
    expect([await one.increment('a', MINUTE_MS), await one.increment('a', MINUTE_MS)]).toMatchObject([
      { current: 1 },
      { current: 2 },
    ]);
    expect(await other.increment('a', MINUTE_MS)).toMatchObject({ current: 1 });
    const release = await one.hold('a', 80, 100, MINUTE_MS);
    expect(await one.hold('a', 80, 100, MINUTE_MS)).toBeNull();
    release?.();
    expect(await one.hold('a', 80, 100, MINUTE_MS)).not.toBeNull();
    expect(log.lines.slice(before).map(({ message }) => message)).toEqual([
      'demandes comptées par ce processus seul, faute de Redis',
    ]);
  });

  it('ne perdent pas ce que ce processus a compté quand Redis tombe au milieu', async () => {
    await proxy.restore();
    const counters = open();
    await counters.increment('a', MINUTE_MS);
    await counters.hold('a', 80, 100, MINUTE_MS);
    await proxy.cut();
    expect(await counters.increment('a', MINUTE_MS)).toMatchObject({ current: 2 });
    expect(await counters.hold('a', 80, 100, MINUTE_MS)).toBeNull();
  });
});
