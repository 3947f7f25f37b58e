import type { Clock, IdSource, Instant, Log } from '@teletransmission/kernel';
import type { Pouls } from '@teletransmission/teletransmission';

/** Bien plus court que le silence qui fait une alerte : trois battements manqués de suite n'y suffisent pas. */
const BEAT_MS = 15_000;

/** Le battement d'un processus travailleur : il se montre en base tant qu'il vit, et s'en va en le disant. */
export class Heartbeat {
  private timer: NodeJS.Timeout | undefined;
  private readonly id: string;
  private readonly depuis: Instant;

  constructor(
    private readonly pouls: Pouls,
    private readonly version: string,
    private readonly clock: Clock,
    private readonly log: Log,
    ids: IdSource,
  ) {
    this.id = ids.next();
    this.depuis = clock.now();
  }

  async start(): Promise<void> {
    await this.beat();
    this.timer = setInterval(() => void this.beat(), BEAT_MS);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.pouls.gone(this.id).catch(() => undefined);
  }

  private async beat(): Promise<void> {
    const { id, depuis, version } = this;
    try {
      await this.pouls.seen({ id, depuis, vuLe: this.clock.now(), version });
    } catch {
      this.log.warn('battement non écrit, on réessaiera', { code: 'pouls/unreachable' });
    }
  }
}
