import { SpacedReading } from './spaced-reading';

const SPACING = { floorMs: 10_000, restFactor: 100, ceilingMs: 600_000, waitMs: 5_000 };

/** Une horloge et une source que l'essai mène. */
class Rig {
  nowMs = 0;
  reads = 0;
  tookMs = 0;
  isBroken = false;
  readonly reading = new SpacedReading(
    () => {
      this.reads += 1;
      this.nowMs += this.tookMs;
      return this.isBroken ? Promise.reject(new Error('base arrêtée')) : Promise.resolve(this.reads);
    },
    SPACING,
    () => this.nowMs,
  );
}

describe('une lecture espacée', () => {
  let rig: Rig;
  beforeEach(() => {
    rig = new Rig();
  });

  it('se garde dix secondes, et se refait ensuite', async () => {
    expect(await rig.reading.latest()).toEqual({ value: 1, ageMs: 0 });
    rig.nowMs = 9_999;
    expect(await rig.reading.latest()).toEqual({ value: 1, ageMs: 9_999 });
    rig.nowMs = 10_000;
    expect(await rig.reading.latest()).toEqual({ value: 2, ageMs: 0 });
  });

  it('n’est faite qu’une fois pour tous ceux qui la demandent ensemble', async () => {
    await Promise.all([rig.reading.latest(), rig.reading.latest(), rig.reading.latest()]);
    expect(rig.reads).toBe(1);
  });

  it('s’espace d’autant plus qu’elle est longue : jamais plus d’un centième du temps', async () => {
    rig.tookMs = 2_000;
    await rig.reading.latest();
    rig.nowMs = 2_000 + 199_999;
    expect(await rig.reading.latest()).toMatchObject({ value: 1, ageMs: 199_999 });
    rig.nowMs += 1;
    expect(await rig.reading.latest()).toMatchObject({ value: 2 });
  });

  it('ne s’espace pas au-delà de sa borne, si longue qu’elle soit', async () => {
    rig.tookMs = 60_000;
    await rig.reading.latest();
    rig.nowMs = 60_000 + SPACING.ceilingMs;
    expect(await rig.reading.latest()).toMatchObject({ value: 2 });
  });

  it('manquée, ne laisse rien de l’ancienne, ne se presse pas, et reprend', async () => {
    await rig.reading.latest();
    rig.isBroken = true;
    rig.nowMs = 10_000;
    expect(await rig.reading.latest()).toBeNull();
    rig.nowMs = 19_999;
    expect(await rig.reading.latest()).toBeNull();
    expect(rig.reads).toBe(2);
    rig.isBroken = false;
    rig.nowMs = 20_000;
    expect(await rig.reading.latest()).toEqual({ value: 3, ageMs: 0 });
  });

  it('muette, n’est pas attendue, et l’ancienne ne sert pas sans fin', async () => {
    jest.useFakeTimers();
    let nowMs = 0;
    let asked = 0;
    const reading = new SpacedReading(
      () => {
        asked += 1;
        return asked === 1 ? Promise.resolve('lue') : new Promise<string>(() => undefined);
      },
      SPACING,
      () => nowMs,
    );
    expect(await reading.latest()).toMatchObject({ value: 'lue' });
    for (const [atMs, expected] of [
      [15_000, { value: 'lue', ageMs: 15_000 }],
      [20_001, null],
    ] as const) {
      nowMs = atMs;
      const latest = reading.latest();
      await jest.advanceTimersByTimeAsync(SPACING.waitMs);
      expect(await latest).toEqual(expected);
    }
    expect(asked).toBe(2);
    jest.useRealTimers();
  });
});
