import type { Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import { InMemoryPouls } from '@teletransmission/testkit';
import type { Horloge } from '../../ports/administration/pouls';
import { LookAtClocks } from './look-at-clocks';

const NOW = '2022-11-02T09:00:00.000Z' as Instant;
const TOLERANCE_MS = 5_000;

/** Deux horloges et le temps qui s'écoule, que l'essai règle chacun pour soi. */
class Machine {
  readonly pouls = new InMemoryPouls();
  private elapsed = 0;
  private ownShift = 0;
  private baseShift = 0;
  private tookMs = 0;
  private looks = this.boot();

  /** Un processus qui démarre n'a rien vu encore. */
  boot(): LookAtClocks {
    this.looks = new LookAtClocks(
      {
        baseClock: () => {
          // La base répond à la fin du délai.
          this.elapsed += this.tookMs;
          this.pouls.base = this.at(this.baseShift);
          return this.pouls.baseClock();
        },
        clockSeen: (horloge) => this.pouls.clockSeen(horloge),
      },
      'api@serveur',
      TOLERANCE_MS,
      { now: () => this.at(this.ownShift) },
      () => this.elapsed,
    );
    return this.looks;
  }

  private at(shift: number): Instant {
    return addMs(NOW, this.elapsed + shift);
  }

  shift(which: 'own' | 'base', ms: number): this {
    if (which === 'own') this.ownShift += ms;
    else this.baseShift += ms;
    return this;
  }

  async after(ms: number, tookMs = 0): Promise<Horloge> {
    this.elapsed += ms;
    this.tookMs = tookMs;
    return this.looks.execute();
  }
}

describe('le regard sur les horloges', () => {
  let machine: Machine;
  beforeEach(async () => {
    machine = new Machine();
    await machine.after(0);
  });

  it('ne voit rien à redire de deux horloges qui s’accordent, si lente que soit la base', async () => {
    for (const tookMs of [0, 20, 4_000, 30_000])
      expect(await machine.after(15_000, tookMs)).toMatchObject({ ecartMs: 0, recul: null });
  });

  it.each([
    ['avance', 'own', 90_000, 90_000],
    ['avance parce que la base retarde', 'base', -3_600_000, 3_600_000],
    ['retarde parce que la base avance', 'base', 7_000, -7_000],
  ] as const)('mesure ce dont la nôtre %s', async (_, which, shift, ecartMs) => {
    expect((await machine.shift(which, shift).after(15_000)).ecartMs).toBe(ecartMs);
  });

  it('ne compte pour écart que ce que la lenteur de la base n’explique pas', async () => {
    expect((await machine.shift('own', -8_000).after(15_000, 10_000)).ecartMs).toBe(-8_000);
    expect((await machine.shift('own', 16_000).after(15_000, 2_000)).ecartMs).toBe(6_000);
  });

  it.each(['own', 'base'] as const)('voit reculer une horloge (%s), ensemble ou seule', async (which) => {
    expect((await machine.shift(which, -60_000).after(15_000)).recul?.ms).toBe(60_000);
    expect((await machine.after(15_000)).recul).toBeNull();
  });

  it('voit reculer les deux ensemble, que leur accord cacherait', async () => {
    const seen = await machine.shift('own', -3_600_000).shift('base', -3_600_000).after(15_000);
    expect(seen).toMatchObject({ ecartMs: 0, recul: { ms: 3_600_000 } });
  });

  it('voit qu’elles ont reculé pendant qu’aucun processus ne regardait, une fois', async () => {
    machine.shift('own', -3_600_000).shift('base', -3_600_000).boot();
    expect((await machine.after(15_000)).recul?.ms).toBe(3_585_000);
    expect((await machine.after(15_000)).recul).toBeNull();
  });

  it('ne dit pas reculée une horloge qu’on remet à l’heure en avant, ni celle d’une machine endormie', async () => {
    expect((await machine.shift('own', 60_000).shift('base', 60_000).after(15_000)).recul).toBeNull();
  });

  it('inscrit ce qu’il a vu, et garde le dernier recul', async () => {
    const { recul } = await machine.shift('own', -60_000).after(15_000);
    await machine.shift('own', 60_000).after(15_000);
    expect(await machine.pouls.horloges()).toMatchObject([{ processus: 'api@serveur', ecartMs: 0, recul }]);
  });
});
