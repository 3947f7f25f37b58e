import type { CivilDate, Instant } from '@teletransmission/kernel';
import type { VNode } from 'preact';
import { exactTime, longDate } from '../format/exact-time';
import { ageOf, relativeTime } from '../format/relative-time';

interface TimeTagProps {
  readonly at: Instant;
  readonly now: Instant;
}

/** Un instant dit par rapport à maintenant, l'heure exacte au survol. */
export function RelativeTime({ at, now }: TimeTagProps): VNode {
  return (
    <time dateTime={at} title={exactTime(at)}>
      {relativeTime(at, now)}
    </time>
  );
}

/** Depuis combien de temps cela dure, l'heure exacte au survol. */
export function Age({ at, now }: TimeTagProps): VNode {
  return (
    <time dateTime={at} title={exactTime(at)}>
      {ageOf(at, now)}
    </time>
  );
}

/** Un instant exact, l'heure relative au survol. */
export function ExactTime({ at, now }: TimeTagProps): VNode {
  return (
    <time class="exact" dateTime={at} title={relativeTime(at, now)}>
      {exactTime(at)}
    </time>
  );
}

/** Un jour, en toutes lettres. */
export function Day({ date }: { readonly date: CivilDate }): VNode {
  return <time dateTime={date}>{longDate(date)}</time>;
}
