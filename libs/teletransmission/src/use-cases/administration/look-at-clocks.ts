import type { Clock } from '@teletransmission/kernel';
import { epochMsOf } from '@teletransmission/kernel';
import type { Horloge, Pouls } from '../../ports/administration/pouls';

interface Look {
  readonly ownMs: number;
  readonly baseMs: number;
  /** À une horloge qui ne recule pas. */
  readonly elapsedMs: number;
  /** Ce que la base a mis à répondre : son heure est vraie à ce délai près. */
  readonly tookMs: number;
}

/**
 * Compare l'horloge de ce processus à celle de la base, et chacune au temps qui s'écoule : une date écrite à une heure fausse ne se voit plus
 * ensuite. Ce qu'il voit s'inscrit en base ; `RaiseAlertes` en alerte.
 */
export class LookAtClocks {
  private last: Look | null = null;

  /**
   * @param processus le processus et sa machine.
   * @param toleranceMs en deçà, deux horloges s'accordent.
   * @param elapsedMs le temps qui s'écoule, en millisecondes, d'une source qui ne recule pas.
   */
  constructor(
    private readonly pouls: Pick<Pouls, 'baseClock' | 'clockSeen'>,
    private readonly processus: string,
    private readonly toleranceMs: number,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly elapsedMs: () => number,
  ) {}

  /** Regarde, inscrit, et rend ce qui a été vu. */
  async execute(): Promise<Horloge> {
    const elapsedMs = this.elapsedMs();
    const ownMs = epochMsOf(this.clock.now());
    const { now, latest } = await this.pouls.baseClock();
    const look: Look = { ownMs, baseMs: epochMsOf(now), elapsedMs, tookMs: this.elapsedMs() - elapsedMs };
    const reculMs = Math.max(this.setBackMs(look), latest === null ? 0 : epochMsOf(latest) - look.baseMs);
    const horloge: Horloge = {
      processus: this.processus,
      vueLe: now,
      ecartMs: surelyApartMs(look),
      recul: reculMs > this.toleranceMs ? { le: now, ms: Math.round(reculMs) } : null,
    };
    this.last = look;
    await this.pouls.clockSeen(horloge);
    return horloge;
  }

  /** Ce dont l'une des deux horloges a reculé depuis le regard d'avant : le temps écoulé qu'elle n'a pas vu passer. */
  private setBackMs(look: Look): number {
    if (!this.last) return 0;
    const elapsedMs = look.elapsedMs - this.last.elapsedMs;
    const own = elapsedMs - (look.ownMs - this.last.ownMs);
    const base = elapsedMs - (look.baseMs - this.last.baseMs) - look.tookMs - this.last.tookMs;
    return Math.max(0, own, base);
  }
}

/** Ce dont notre horloge devance sûrement celle de la base : elle a répondu à un moment du délai, on ne sait lequel. Négatif : elle retarde. */
function surelyApartMs({ ownMs, baseMs, tookMs }: Look): number {
  if (ownMs > baseMs) return ownMs - baseMs;
  return Math.min(0, ownMs + Math.ceil(tookMs) - baseMs);
}
