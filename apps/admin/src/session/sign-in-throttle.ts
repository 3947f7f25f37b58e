import type { Clock, Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';

export interface ThrottleLimits {
  readonly maxFailures: number;
  readonly windowMs: number;
  /** Adresses suivies au plus : la mémoire ne grandit pas avec le nombre d'attaquants. */
  readonly maxAddresses: number;
}

export const SIGN_IN_LIMITS: ThrottleLimits = { maxFailures: 5, windowMs: 15 * 60_000, maxAddresses: 10_000 };

interface Failures {
  readonly count: number;
  readonly until: Instant;
}

/** Freine les essais de jetons, par adresse et en mémoire : un redémarrage les oublie, le jeton reste hors de portée du hasard. */
export class SignInThrottle {
  private readonly failures = new Map<string, Failures>();

  constructor(
    private readonly clock: Clock,
    private readonly limits: ThrottleLimits = SIGN_IN_LIMITS,
  ) {}

  /** Quand cette adresse pourra essayer de nouveau, ou `null` si elle le peut maintenant. */
  blockedUntil(address: string): Instant | null {
    const known = this.liveFailures(address);
    return known && known.count >= this.limits.maxFailures ? known.until : null;
  }

  failed(address: string): void {
    const known = this.liveFailures(address);
    this.failures.delete(address);
    // L'ordre d'insertion de la table est celui des derniers échecs : la plus ancienne adresse cède sa place.
    const oldest = this.failures.keys().next();
    if (this.failures.size >= this.limits.maxAddresses && !oldest.done) this.failures.delete(oldest.value);
    this.failures.set(address, {
      count: (known?.count ?? 0) + 1,
      until: addMs(this.clock.now(), this.limits.windowMs),
    });
  }

  succeeded(address: string): void {
    this.failures.delete(address);
  }

  private liveFailures(address: string): Failures | undefined {
    const known = this.failures.get(address);
    return known && known.until > this.clock.now() ? known : undefined;
  }
}
