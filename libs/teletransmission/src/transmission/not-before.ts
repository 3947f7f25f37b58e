import type { Instant } from '@teletransmission/kernel';
import type { Transmission } from './transmission';

/**
 * Quand une transmission qui retourne attendre a son prochain tour : jamais avant la date demandée au dépôt, tant qu'elle est à venir.
 * @param wanted le tour que donne la raison du retour ; `null` : aussitôt
 */
export function turnNotBefore(
  { notBefore }: Transmission,
  wanted: Instant | null,
  at: Instant,
): Instant | null {
  if (notBefore === null || notBefore <= at) return wanted;
  return wanted !== null && wanted > notBefore ? wanted : notBefore;
}
