import type { Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';

/** Combien d'envois une enveloppe peut tenter, et à quel rythme. Durées en millisecondes. */
export interface RetryPolicy {
  readonly maxTurns: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
}

/** Environ deux jours d'essais : une panne de préfecture d'un week-end n'arrête aucun acte. */
export const RETRY_POLICY: RetryPolicy = { maxTurns: 60, firstDelayMs: 30_000, maxDelayMs: 3_600_000 };

/** Écart tiré de la clé : deux actes refusés à la même seconde ne reviennent pas ensemble, et le même calcul donne la même date. */
function jitterOf(key: string): number {
  let hash = 2166136261;
  for (const character of key) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
  return hash / 0xffffffff;
}

/**
 * La date du prochain envoi après `turn` envois manqués : délai doublé à chaque tour, plafonné, écarté de ±25 % par la clé.
 * @returns `null` quand les tours sont épuisés.
 */
export function nextTurnAt(policy: RetryPolicy, turn: number, now: Instant, key: string): Instant | null {
  if (turn >= policy.maxTurns) return null;
  const delay = Math.min(policy.firstDelayMs * 2 ** Math.max(0, turn - 1), policy.maxDelayMs);
  return addMs(now, Math.round(delay * (0.75 + jitterOf(`${key}.${turn}`) / 2)));
}
