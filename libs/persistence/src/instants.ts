import type { Instant } from '@teletransmission/kernel';
import { instantOf } from '@teletransmission/kernel';

/** Ce que pg rend d'un `timestamptz`, vers notre instant. */
export function fromTimestamp(value: Date): Instant {
  return instantOf(value.getTime());
}

export function fromNullableTimestamp(value: Date | null): Instant | null {
  return value === null ? null : fromTimestamp(value);
}
