import type { Brand } from './brand';
import type { CivilDate } from './civil-date';

/** Un moment, écrit en ISO 8601 UTC avec les millisecondes (`2022-11-02T23:30:00.000Z`). L'ordre des chaînes est l'ordre du temps. */
export type Instant = Brand<string, 'Instant'>;

/** Un fuseau de la base IANA, par exemple `Europe/Paris` ou `Indian/Reunion`. */
export type TimeZone = string;

export const EUROPE_PARIS: TimeZone = 'Europe/Paris';

/** L'instant d'un nombre de millisecondes depuis 1970 UTC. */
export function instantOf(epochMs: number): Instant {
  return new Date(epochMs).toISOString() as Instant;
}

/** Millisecondes depuis 1970 UTC. */
export function epochMsOf(instant: Instant): number {
  return Date.parse(instant);
}

/** L'instant d'après, de `ms` millisecondes. */
export function addMs(instant: Instant, ms: number): Instant {
  return instantOf(epochMsOf(instant) + ms);
}

const dayFormats = new Map<TimeZone, Intl.DateTimeFormat>();
const clockFormats = new Map<TimeZone, Intl.DateTimeFormat>();

function formatFor(
  cache: Map<TimeZone, Intl.DateTimeFormat>,
  zone: TimeZone,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const known = cache.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('fr-FR', { timeZone: zone, ...options });
  cache.set(zone, made);
  return made;
}

/** Le jour civil de cet instant dans ce fuseau : 23 h 30 GMT le 2 novembre est le 3 novembre à Paris. */
export function civilDateAt(instant: Instant, zone: TimeZone): CivilDate {
  const parts = formatFor(dayFormats, zone, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(epochMsOf(instant));
  const part = (type: string): string => parts.find((p) => p.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}` as CivilDate;
}

/** L'heure de cet instant dans ce fuseau, `hh:mm:ss`. */
export function clockTimeAt(instant: Instant, zone: TimeZone): string {
  return formatFor(clockFormats, zone, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(epochMsOf(instant));
}

/** Aucun fuseau ne s'écarte de Greenwich de plus que cela. */
const ZONE_SPREAD_MS = 15 * 3_600_000;

/**
 * Le premier instant d'un jour civil dans ce fuseau. Un jour où l'on change d'heure commence comme les autres ; là où minuit n'existe
 * pas ce jour-là, il commence plus tard.
 * @example startOfDay(civilDate('2023-03-26'), 'Europe/Paris') // '2023-03-25T23:00:00.000Z'
 */
export function startOfDay(date: CivilDate, zone: TimeZone): Instant {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  let before = midnight - ZONE_SPREAD_MS;
  let within = midnight + ZONE_SPREAD_MS;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (civilDateAt(instantOf(middle), zone) < date) before = middle;
    else within = middle;
  }
  return instantOf(within);
}
