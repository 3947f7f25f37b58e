import type { Clock, Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import { isIPv6 } from 'node:net';

export interface ThrottleLimits {
  readonly maxFailures: number;
  readonly windowMs: number;
  /** Adresses suivies au plus : la mémoire ne grandit pas avec le nombre d'attaquants. */
  readonly maxAddresses: number;
}

export const SIGN_IN_LIMITS: ThrottleLimits = { maxFailures: 5, windowMs: 15 * 60_000, maxAddresses: 10_000 };

interface Tries {
  readonly count: number;
  readonly until: Instant;
}

/** Un essai compté dès qu'il commence : quarante essais de front en sont quarante. */
export interface Attempt {
  /** Jusqu'à quand cette adresse a trop essayé, ou `null` : ce que vaut l'essai s'il échoue. */
  readonly tooManyUntil: Instant | null;
  /** À dire d'un essai réussi, ou que rien n'a pu juger : il ne compte plus. Les échecs d'avant, eux, restent. */
  forget(): void;
}

/**
 * Compte les essais de jetons, par adresse et en mémoire. Il ne ferme pas la porte, il change la réponse des essais manqués : un jeton est hors de
 * portée du hasard, et en refuser un bon pour les échecs d'un voisin d'adresse priverait de bureau qui y a droit.
 */
export class SignInThrottle {
  private readonly tries = new Map<string, Tries>();

  constructor(
    private readonly clock: Clock,
    private readonly limits: ThrottleLimits = SIGN_IN_LIMITS,
  ) {}

  /** Un essai commence. @param ip l'adresse de la demande, telle que la liaison ou un mandataire de confiance la donne */
  begin(ip: string): Attempt {
    const address = networkOf(ip);
    const { count, until } = this.count(address, 1);
    return {
      tooManyUntil: count > this.limits.maxFailures ? until : null,
      forget: () => {
        this.count(address, -1);
      },
    };
  }

  private count(address: string, step: 1 | -1): Tries {
    const now = this.clock.now();
    const known = this.tries.get(address);
    const live = known && known.until > now ? known : null;
    this.tries.delete(address);
    const until = step === 1 ? addMs(now, this.limits.windowMs) : (live?.until ?? now);
    const tries = { count: Math.max(0, (live?.count ?? 0) + step), until };
    if (tries.count === 0) return tries;
    // L'ordre d'insertion de la table est celui des derniers essais : la plus ancienne adresse cède sa place.
    const oldest = this.tries.keys().next();
    if (this.tries.size >= this.limits.maxAddresses && !oldest.done) this.tries.delete(oldest.value);
    this.tries.set(address, tries);
    return tries;
  }
}

/** Qui a une adresse IPv6 a tout son réseau /64 : en changer à chaque essai n'en fait pas un autre. Une adresse IPv4 déguisée est elle-même. */
function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(ip)) return ip;
  const [head = '', tail] = ip.toLowerCase().split('%', 1)[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  const groups = [...left, ...zeros, ...right].map((group) => group.replace(/^0+(?=.)/, ''));
  return `${groups.slice(0, 4).join(':')}::/64`;
}
