import type { Instant } from '@teletransmission/kernel';
import { aMessage, CLOCK, MemoryLog, MemoryOutbox } from '../../test/queue-rig';
import type { OpenQueues } from '../open-queues';
import { bulkJobOf, OutboxRelay } from './outbox-relay';

/** Des files qui retiennent ce qu'on y met, ou qui refusent. */
class MemoryQueues {
  readonly added: string[] = [];
  failure: Error | null = null;

  open(): OpenQueues {
    const addBulk = (jobs: readonly { opts?: { jobId?: string } }[]): Promise<void> => {
      if (this.failure) return Promise.reject(this.failure);
      this.added.push(...jobs.map((job) => job.opts?.jobId ?? ''));
      return Promise.resolve();
    };
    const ready = (): Promise<void> => (this.failure ? Promise.reject(this.failure) : Promise.resolve());
    const servedRanks = (): ReturnType<OpenQueues['servedRanks']> =>
      Promise.resolve({ 'seal-enveloppe': null, 'submit-enveloppe': null });
    const of = (): never => ({ addBulk }) as never;
    return { queues: [], of, ready, servedRanks, close: () => Promise.resolve() };
  }
}

describe('le relais', () => {
  let outbox: MemoryOutbox;
  let queues: MemoryQueues;
  let log: MemoryLog;
  let relay: OutboxRelay;
  let listeners: { readonly notify: () => void; readonly lose: () => void }[];
  let isListeningBroken: boolean;
  let unlistened: number;
  beforeEach(() => {
    jest.useFakeTimers();
    outbox = new MemoryOutbox();
    queues = new MemoryQueues();
    log = new MemoryLog();
    listeners = [];
    isListeningBroken = false;
    unlistened = 0;
    const listen = (notify: () => void, lose: () => void): Promise<() => Promise<void>> => {
      if (isListeningBroken) return Promise.reject(Object.assign(new Error('base'), { code: '57P03' }));
      listeners.push({ notify, lose });
      return Promise.resolve(() => {
        unlistened += 1;
        return Promise.resolve();
      });
    };
    relay = new OutboxRelay(outbox, queues.open(), listen, CLOCK, log);
  });
  afterEach(async () => {
    await relay.stop();
    jest.useRealTimers();
  });

  /** Le temps qu'il laisse venir ce qui suit une notification. */
  const settle = (): Promise<void> => jest.advanceTimersByTimeAsync(50);

  it('porte au démarrage ce qui attendait, sans notification', async () => {
    outbox.rows.push(aMessage());
    relay.start();
    await settle();
    expect([queues.added.length, outbox.rows.length]).toEqual([1, 0]);
  });

  it('se réveille à la notification, sans attendre son tour', async () => {
    relay.start();
    await settle();
    outbox.rows.push(aMessage());
    await settle();
    expect(queues.added).toEqual([]);
    listeners[0]?.notify();
    await settle();
    expect(queues.added).toHaveLength(1);
  });

  it('regarde aussi de lui-même : une notification perdue ne perd rien', async () => {
    relay.start();
    await settle();
    outbox.rows.push(aMessage());
    await jest.advanceTimersByTimeAsync(2_000);
    expect(queues.added).toHaveLength(1);
  });

  it('enchaîne les lots pleins sans se reposer', async () => {
    outbox.rows.push(...Array.from({ length: 1_250 }, () => aMessage()));
    relay.start();
    await settle();
    expect([queues.added.length, outbox.rows.length]).toEqual([1_250, 0]);
  });

  it('se réabonne quand l’écoute est perdue', async () => {
    relay.start();
    await settle();
    listeners[0]?.lose();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(listeners).toHaveLength(2);
    outbox.rows.push(aMessage());
    listeners[1]?.notify();
    await settle();
    expect(queues.added).toHaveLength(1);
  });

  it('se passe d’écoute quand elle est impossible, et le dit', async () => {
    isListeningBroken = true;
    outbox.rows.push(aMessage());
    relay.start();
    await settle();
    expect(queues.added).toHaveLength(1);
    expect(log.lines[0]).toMatchObject({ fields: { code: '57P03' } });
  });

  it('garde le lot quand la file refuse, le dit, et le reporte', async () => {
    queues.failure = Object.assign(new Error('Redis'), { code: 'ECONNREFUSED' });
    outbox.rows.push(aMessage());
    relay.start();
    await settle();
    expect(outbox.rows).toHaveLength(1);
    expect(log.lines).toMatchObject([{ fields: { code: 'ECONNREFUSED' } }]);
    queues.failure = null;
    await jest.advanceTimersByTimeAsync(2_000);
    expect([queues.added.length, outbox.rows.length]).toEqual([1, 0]);
  });

  it('arrêté, finit le lot en cours, rend son écoute et ne porte plus rien', async () => {
    relay.start();
    await settle();
    await relay.stop();
    expect(unlistened).toBe(1);
    outbox.rows.push(aMessage());
    listeners[0]?.notify();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(queues.added).toEqual([]);
  });
});

describe('le travail d’un message', () => {
  it('est retenu jusqu’à sa date, et part tout de suite quand elle est passée', () => {
    const message = aMessage({ notBefore: '2022-11-02T10:00:00.000Z' as Instant });
    const at = Date.parse('2022-11-02T09:59:00.000Z');
    expect(bulkJobOf(message, at).opts?.delay).toBe(60_000);
    expect(bulkJobOf(message, at + 120_000).opts).not.toHaveProperty('delay');
    expect(bulkJobOf(aMessage(), at).opts).not.toHaveProperty('delay');
  });

  it('ne se fait pas d’une identité qui n’en est pas une', () => {
    expect(() => bulkJobOf(aMessage({ targetId: 'DROP TABLE' }), 0)).toThrow();
  });
});
