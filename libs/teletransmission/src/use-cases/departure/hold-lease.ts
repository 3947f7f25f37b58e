import type { Clock, Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import type { EnvoiRepository } from '../../ports/actes/envois';
import type { Heartbeat } from '../../ports/administration/heartbeat';
import type { EnvoiLease } from '../../transmission/envoi';

/** Trois battements par bail : un seul manqué ne le perd pas. */
const BEATS_PER_LEASE = 3;

/** Ce qu'un travail sous bail a rendu, si le bail a tenu jusqu'à sa fin. */
export type LeasedWork<T> = { readonly held: true; readonly result: T } | { readonly held: false };

/**
 * Tient le bail d'un envoi tant que dure son travail. Le bail refusé, ou une base injoignable assez longtemps pour qu'il échoie avant
 * le battement suivant, abandonne le travail par `signal` : qui n'est plus sûr de son droit cesse d'envoyer.
 */
export class HoldLease {
  constructor(
    private readonly envois: EnvoiRepository,
    private readonly heartbeat: Heartbeat,
    private readonly leaseMs: number,
    private readonly clock: Clock,
  ) {}

  async during<T>(
    lease: EnvoiLease,
    until: Instant,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<LeasedWork<T>> {
    // Figé entre l'ouverture et le départ, un travailleur se réveille bail échu : d'autres ont pu trancher, rien ne doit partir.
    if (this.clock.now() >= until) return { held: false };
    const lost = new AbortController();
    const periodMs = this.leaseMs / BEATS_PER_LEASE;
    let heldUntil = until;
    let isRenewing = false;
    /** Ne laisse courir le travail que s'il reste de quoi attendre un autre battement. */
    const loseUnlessTimeRemains = (): void => {
      if (addMs(this.clock.now(), periodMs) >= heldUntil) lost.abort();
    };
    const beat = async (): Promise<void> => {
      if (lost.signal.aborted) return;
      // Le battement d'avant n'est pas revenu : la base se tait.
      if (isRenewing) {
        loseUnlessTimeRemains();
        return;
      }
      isRenewing = true;
      const now = this.clock.now();
      const next = addMs(now, this.leaseMs);
      try {
        if (await this.envois.renewLease(lease, now, next)) heldUntil = next;
        else lost.abort();
      } catch {
        loseUnlessTimeRemains();
      } finally {
        isRenewing = false;
      }
    };
    const result = await this.heartbeat.during(periodMs, beat, () => work(lost.signal));
    return lost.signal.aborted ? { held: false } : { held: true, result };
  }
}
