import type { Instant } from '@teletransmission/kernel';
import { addMs, instantOf } from '@teletransmission/kernel';
import type { BudgetRequest, TransmissionId } from '@teletransmission/teletransmission';
import { InMemoryRateBudget } from '@teletransmission/testkit';
import { randomUUID } from 'node:crypto';
import { MemoryLog } from '../../test/queue-rig';
import { redisOf } from '../backend';
import { RedisRateBudget } from './redis-rate-budget';

const NOW = '2026-10-25T00:30:00.000Z' as Instant;
const SIRENS = ['213402761', '213400001', '213400002'] as const;
const redisUrl = process.env['TEST_REDIS_URL'] ?? '';

function request(changes: Partial<BudgetRequest> = {}): BudgetRequest {
  return {
    departement: '034',
    siren: SIRENS[0],
    transmissionId: randomUUID() as TransmissionId,
    tour: '1-1',
    tailleOctets: 1_000,
    isReturning: false,
    actesParHeure: 10,
    octetsParHeure: null,
    at: NOW,
    ...changes,
  };
}

interface Promised {
  readonly asked: BudgetRequest;
  readonly until: Instant;
}

/** Le premier qui doit revenir avant cette date. */
function soonest(waiting: readonly Promised[], before: Instant): Promised | undefined {
  return [...waiting].sort((a, b) => (a.until < b.until ? -1 : 1)).find(({ until }) => until <= before);
}

/** Un tirage reproductible. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 0x1_0000_0000;
  };
}

describe('le budget dans Redis', () => {
  let truth: InMemoryRateBudget;
  let log: MemoryLog;
  let prefix: string;
  const opened: RedisRateBudget[] = [];
  const open = (url = redisUrl): RedisRateBudget => {
    const budget = RedisRateBudget.open({ backend: 'redis', redisUrl: url, prefix }, truth, log);
    opened.push(budget);
    return budget;
  };
  beforeEach(() => {
    truth = new InMemoryRateBudget();
    log = new MemoryLog();
    prefix = `essai-${randomUUID().slice(0, 8)}`;
  });
  afterEach(() => {
    for (const budget of opened.splice(0)) budget.close();
  });

  it.each([1, 2, 3])('fait le même partage que le domaine (tirage %i)', async (seed) => {
    const [redis, domain, roll] = [open(), new InMemoryRateBudget(), dice(seed)];
    const waiting: Promised[] = [];
    let [taken, waited] = [0, 0];
    const compare = async (asked: BudgetRequest): Promise<void> => {
      const [answer, expected] = [await redis.take(asked), await domain.take(asked)];
      expect({ at: asked.at, ...answer }).toEqual({ at: asked.at, ...expected });
      if (answer.kind === 'taken') taken += 1;
      else {
        waited += 1;
        waiting.push({ asked, until: answer.until });
      }
    };
    const limits = { actesParHeure: 12, octetsParHeure: 40_000 };
    for (let at: Instant = NOW, step = 0; step < 250; step += 1) {
      const next = addMs(at, Math.floor(roll() * 60_000));
      // Chacun revient à la date promise, comme le ferait la file.
      for (let due = soonest(waiting, next); due; due = soonest(waiting, next)) {
        waiting.splice(waiting.indexOf(due), 1);
        await compare({ ...due.asked, at: due.until, isReturning: true });
      }
      at = next;
      const siren = SIRENS[roll() < 0.8 ? 0 : roll() < 0.5 ? 1 : 2];
      await compare(request({ siren, tailleOctets: siren === SIRENS[1] ? 4_000 : 1_000, at, ...limits }));
    }
    expect(Math.min(taken, waited)).toBeGreaterThan(20);
  });

  it('pris ensemble par plusieurs travailleurs, ne se dépasse jamais', async () => {
    const workers = [open(), open(), open(), open()];
    const requests = Array.from({ length: 60 }, (_, index) =>
      request({ siren: SIRENS[index % 3] ?? SIRENS[0] }),
    );
    const answers = await Promise.all(requests.map(async (asked, index) => workers[index % 4]?.take(asked)));
    const count = answers.filter((answer) => answer?.kind === 'taken').length;
    expect(count).toBeGreaterThanOrEqual(8);
    expect(count).toBeLessThanOrEqual(10);
  });

  it('ne compte pas deux fois un départ redemandé, et rend une part rendue', async () => {
    const [budget, one] = [open(), { actesParHeure: 1 }];
    const asked = request(one);
    expect(await budget.take(asked)).toEqual({ kind: 'taken' });
    expect(await budget.take(asked)).toEqual({ kind: 'taken' });
    expect((await budget.take(request(one))).kind).toBe('wait');
    await budget.giveBack(asked);
    await budget.giveBack(asked);
    const next = request({ ...one, siren: SIRENS[1] });
    expect(await budget.take(next)).toEqual({ kind: 'taken' });
    expect((await budget.take(request({ ...one, siren: SIRENS[2] }))).kind).toBe('wait');
  });

  it('vidé, se réamorce de ce que la base sait partir : il ne repart pas de zéro', async () => {
    for (let index = 0; index < 10; index += 1)
      await truth.take(
        request({
          siren: SIRENS[index % 3] ?? SIRENS[0],
          at: addMs(NOW, -60_000 + index),
          actesParHeure: 100,
        }),
      );
    const answer = await open().take(request({ siren: '213400003' }));
    expect(answer).toEqual({ kind: 'wait', until: addMs(NOW, 3_540_000) });
  });

  it('oublie un acte qui ne revient pas : il ne retient pas les autres', async () => {
    const budget = open();
    const one = { actesParHeure: 1 };
    await budget.take(request(one));
    const ghost = await budget.take(request({ ...one, siren: SIRENS[1] }));
    expect(ghost.kind).toBe('wait');
    expect((await budget.take(request({ ...one, at: addMs(NOW, 3_600_000 + 900_001) }))).kind).toBe('taken');
  });

  it('injoignable, laisse la base compter et le dit', async () => {
    const budget = open('unix:/tmp/aucun-redis-ici.sock');
    expect(await budget.take(request({ actesParHeure: 1 }))).toEqual({ kind: 'taken' });
    expect((await budget.take(request({ actesParHeure: 1 }))).kind).toBe('wait');
    expect(log.lines[0]?.message).toBe('budget compté en base, faute de Redis');
  });

  it('ne laisse dans Redis que des clés qui s’effacent d’elles-mêmes', async () => {
    const budget = open();
    await budget.take(request({ actesParHeure: 1 }));
    await budget.take(request({ actesParHeure: 1, at: instantOf(Date.parse(NOW) + 1) }));
    const redis = redisOf(redisUrl, {});
    const keys = await redis.keys(`${prefix}:*`);
    const lives = await Promise.all(keys.map((key) => redis.pttl(key)));
    redis.disconnect();
    expect(keys).toHaveLength(6);
    expect(lives.filter((life) => life <= 0)).toEqual([]);
  });
});
