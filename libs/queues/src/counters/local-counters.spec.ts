import { LocalCounters } from './local-counters';

describe('les compteurs d’un processus seul', () => {
  let now = 0;
  let counters: LocalCounters;
  beforeEach(() => {
    now = 1_000;
    counters = new LocalCounters(() => now);
  });

  it('comptent par clé, dans une fenêtre qui commence à la première demande', () => {
    expect(counters.increment('a', 100)).toEqual({ current: 1, ttlMs: 100 });
    now += 60;
    expect(counters.increment('a', 100)).toEqual({ current: 2, ttlMs: 40 });
    expect(counters.increment('b', 100)).toEqual({ current: 1, ttlMs: 100 });
    now += 40;
    expect(counters.increment('a', 100)).toEqual({ current: 1, ttlMs: 100 });
  });

  it('oublient ce qui est fini quand les clés se multiplient, puis la plus ancienne', () => {
    counters.increment('première', 1_000_000);
    for (let n = 0; n < 10_000; n += 1) counters.increment(`adresse ${n}`, 1_000_000);
    expect(counters.increment('première', 1_000_000).current).toBe(1);
    expect(counters.increment('adresse 9999', 1_000_000).current).toBe(2);
  });

  it('retiennent des octets jusqu’à leur limite, et un envoi seul quoi qu’il pèse', () => {
    expect(counters.hold('a', 500, 100)).toBe(true);
    expect(counters.hold('a', 1, 100)).toBe(false);
    expect(counters.hold('b', 60, 100)).toBe(true);
    expect(counters.hold('b', 40, 100)).toBe(true);
    expect(counters.hold('b', 1, 100)).toBe(false);
    counters.release('b', 40);
    expect(counters.hold('b', 41, 100)).toBe(false);
    expect(counters.hold('b', 40, 100)).toBe(true);
    counters.release('a', 500);
    expect(counters.hold('a', 1, 100)).toBe(true);
  });
});
