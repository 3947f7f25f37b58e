import type { CivilDate } from './civil-date';
import type { Instant, TimeZone } from './instant';
import { civilDateAt, clockTimeAt, epochMsOf, instantOf } from './instant';

/** Une heure du jour, écrite `hh:mm`, de `00:00` à `24:00`. L'ordre des chaînes est l'ordre du jour. */
export type LocalTime = string;

/** Aucun fuseau ne s'écarte de plus de quatorze heures ; au-delà de ce délai, on est de l'autre côté d'un changement d'heure. */
const DAY_MS = 86_400_000;

/** Ce que l'horloge murale du fuseau marque de plus que l'heure UTC à cet instant, en millisecondes. */
function offsetAt(epochMs: number, zone: TimeZone): number {
  const instant = instantOf(epochMs);
  const wall = Date.parse(`${civilDateAt(instant, zone)}T${clockTimeAt(instant, zone)}Z`);
  return wall - Math.floor(epochMs / 1_000) * 1_000;
}

/**
 * L'instant où l'horloge de ce fuseau marque cette heure ce jour-là (`24:00` : minuit du lendemain). Une heure qui existe deux fois
 * (passage à l'heure d'hiver) est la première ; une heure qui n'existe pas (passage à l'heure d'été) glisse d'autant que l'horloge
 * saute, comme dans RFC 5545.
 */
export function instantAtLocal(date: CivilDate, time: LocalTime, zone: TimeZone): Instant {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const wall = Date.parse(`${date}T00:00:00Z`) + (hours * 60 + minutes) * 60_000;
  const before = wall - offsetAt(wall - DAY_MS, zone);
  const after = wall - offsetAt(wall + DAY_MS, zone);
  const marks = (epochMs: number): boolean => epochMs + offsetAt(epochMs, zone) === wall;
  const [first, second] = before <= after ? [before, after] : [after, before];
  if (marks(first)) return instantOf(first);
  return instantOf(marks(second) ? second : before);
}

/** Le rang du jour dans sa semaine : 1 pour lundi, 7 pour dimanche. */
export function weekdayOf(date: CivilDate): number {
  return new Date(epochMsOf(`${date}T00:00:00.000Z` as Instant)).getUTCDay() || 7;
}
