import type { Instant, Log } from '@teletransmission/kernel';
import { epochMsOf } from '@teletransmission/kernel';
import { FakeClock, InMemoryPouls, SEUILS, SequentialIds } from '@teletransmission/testkit';
import { Heartbeat } from './heartbeat';

const NOW = '2022-11-02T09:00:00.000Z' as Instant;

describe('le battement d’un travailleur', () => {
  let clock: FakeClock;
  let pouls: InMemoryPouls;
  let warnings: string[];
  let heartbeat: Heartbeat;
  beforeEach(() => {
    jest.useFakeTimers();
    clock = new FakeClock(NOW);
    pouls = new InMemoryPouls();
    warnings = [];
    const warn = (message: string): void => {
      warnings.push(message);
    };
    const log: Log = { info: warn, warn, error: warn, with: () => log };
    heartbeat = new Heartbeat(pouls, '1.2.3', clock, log, new SequentialIds());
  });
  afterEach(async () => {
    await heartbeat.stop();
    jest.useRealTimers();
  });

  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await jest.advanceTimersByTimeAsync(ms);
  };
  const seen = async (): Promise<readonly string[]> =>
    (await pouls.travailleurs(NOW)).map(({ vuLe, depuis, version }) => `${version} ${depuis} ${vuLe}`);

  it('se montre dès son départ, puis à son pas, toujours le même', async () => {
    await heartbeat.start();
    expect(await seen()).toEqual([`1.2.3 ${NOW} ${NOW}`]);
    await pass(15_000);
    expect(await seen()).toEqual([`1.2.3 ${NOW} 2022-11-02T09:00:15.000Z`]);
    await pass(15_000);
    expect(await seen()).toEqual([`1.2.3 ${NOW} 2022-11-02T09:00:30.000Z`]);
  });

  it('bat assez vite pour que trois battements manqués ne fassent pas une alerte', async () => {
    await heartbeat.start();
    const seenAt = pouls.seen.bind(pouls);
    let failures = 3;
    pouls.seen = (travailleur) => {
      failures -= 1;
      return failures >= 0 ? Promise.reject(new Error('base arrêtée')) : seenAt(travailleur);
    };
    for (let beat = 0; beat < 4; beat += 1) await pass(15_000);
    expect(warnings).toEqual(Array.from({ length: 3 }, () => 'battement non écrit, on réessaiera'));
    const shown = (await pouls.lastSeen()) ?? NOW;
    expect(shown).toBe(clock.now());
    expect(epochMsOf(shown) - epochMsOf(NOW)).toBeLessThan(SEUILS.travailleursMs);
  });

  it('part en le disant, et ne bat plus', async () => {
    await heartbeat.start();
    await heartbeat.stop();
    expect(await seen()).toEqual([]);
    await pass(60_000);
    expect(await seen()).toEqual([]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('part même quand la base ne l’entend pas', async () => {
    await heartbeat.start();
    pouls.gone = () => Promise.reject(new Error('base arrêtée'));
    await expect(heartbeat.stop()).resolves.toBeUndefined();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('deux processus sont deux travailleurs', async () => {
    const log: Log = {
      info: () => undefined,
      warn: () => undefined,
      error: () => undefined,
      with: () => log,
    };
    const other = new Heartbeat(pouls, '1.2.4', clock, log, new SequentialIds('00000001'));
    await heartbeat.start();
    await other.start();
    expect(await seen()).toHaveLength(2);
    await other.stop();
    expect(await seen()).toEqual([`1.2.3 ${NOW} ${NOW}`]);
  });
});
