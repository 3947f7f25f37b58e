import type { Transmission } from './transmission';

/** Le tour d'un travail né de ce changement : la version d'après, que rien d'autre ne portera. */
export function turnAfter(transmission: Transmission): number {
  return transmission.version + 1;
}
