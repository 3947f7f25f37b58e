import type { Clock, Log } from '@teletransmission/kernel';
import type { Pouls } from '@teletransmission/teletransmission';
import { LookAtClocks } from '@teletransmission/teletransmission';
import { hostname } from 'node:os';
import { performance } from 'node:perf_hooks';

/** Assez souvent pour qu'une heure fausse ne date que peu d'actes. */
const LOOK_MS = 15_000;

/** Regarde les horloges tant que le processus vit, et le dit au journal quand elles ne s'accordent pas. */
export class ClockWatch {
  private timer: NodeJS.Timeout | undefined;
  private readonly look: LookAtClocks;

  /** @param app le nom du processus, tel que son journal le dit. @param toleranceMs en deçà, deux horloges s'accordent */
  constructor(
    pouls: Pick<Pouls, 'baseClock' | 'clockSeen'>,
    app: string,
    private readonly toleranceMs: number,
    clock: Clock,
    private readonly log: Log,
  ) {
    this.look = new LookAtClocks(pouls, `${app}@${hostname()}`, toleranceMs, clock, () => performance.now());
  }

  start(): void {
    void this.once();
    this.timer = setInterval(() => void this.once(), LOOK_MS);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async once(): Promise<void> {
    try {
      const { ecartMs, recul, vueLe } = await this.look.execute();
      if (Math.abs(ecartMs) > this.toleranceMs)
        this.log.warn('notre horloge et celle de la base s’écartent', { durationMs: ecartMs });
      if (recul?.le === vueLe) this.log.warn('une horloge a reculé', { durationMs: recul.ms });
    } catch {
      // La base manque : sa santé le dit, et l'on regardera de nouveau.
    }
  }
}
