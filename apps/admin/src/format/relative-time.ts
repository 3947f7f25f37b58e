import type { CivilDate, Instant } from '@teletransmission/kernel';
import { civilDateAt, daysBetween, epochMsOf, EUROPE_PARIS } from '@teletransmission/kernel';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Une nuit entamée ne fait pas une veille : à 1 h du matin, 22 h était « il y a 3 h ». */
const NEAR_MS = 6 * HOUR_MS;

function wholeMonths(from: CivilDate, to: CivilDate): number {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.split('-').map(Number);
  const [toYear = 0, toMonth = 0, toDay = 0] = to.split('-').map(Number);
  return (toYear - fromYear) * 12 + toMonth - fromMonth - (toDay < fromDay ? 1 : 0);
}

function spanOfDays(from: CivilDate, to: CivilDate): string {
  const months = wholeMonths(from, to);
  if (months >= 24) return `${Math.floor(months / 12)} ans`;
  if (months >= 12) return '1 an';
  if (months >= 1) return `${months} mois`;
  const days = daysBetween(from, to);
  return `${days} ${days > 1 ? 'jours' : 'jour'}`;
}

/** La durée entre deux instants, à la louche : « 12 min », « 3 h », « 5 jours », « 2 mois ». Les jours sont ceux de Paris. */
function spanBetween(from: Instant, to: Instant): string {
  const elapsed = epochMsOf(to) - epochMsOf(from);
  if (elapsed < HOUR_MS) return `${Math.floor(elapsed / MINUTE_MS)} min`;
  const [fromDay, toDay] = [civilDateAt(from, EUROPE_PARIS), civilDateAt(to, EUROPE_PARIS)];
  if (fromDay === toDay || elapsed < NEAR_MS) return `${Math.floor(elapsed / HOUR_MS)} h`;
  return spanOfDays(fromDay, toDay);
}

/**
 * L'instant dit par rapport à maintenant, passé ou à venir : « il y a 3 h », « hier », « dans 12 min ».
 * La valeur exacte s'écrit toujours à côté (`exactTime`).
 */
export function relativeTime(instant: Instant, now: Instant): string {
  const isPast = instant <= now;
  const [from, to] = isPast ? [instant, now] : [now, instant];
  if (epochMsOf(to) - epochMsOf(from) < MINUTE_MS) return isPast ? 'à l’instant' : 'dans un instant';
  const span = spanBetween(from, to);
  if (span === '1 jour') return isPast ? 'hier' : 'demain';
  return isPast ? `il y a ${span}` : `dans ${span}`;
}

/** Depuis combien de temps cela dure : « depuis 5 jours », « depuis moins d’une minute ». */
export function ageOf(since: Instant, now: Instant): string {
  if (epochMsOf(now) - epochMsOf(since) < MINUTE_MS) return 'depuis moins d’une minute';
  const span = spanBetween(since, now);
  return span === '1 jour' ? 'depuis hier' : `depuis ${span}`;
}
