import type { CivilDate } from './civil-date';
import type { Instant, TimeZone } from './instant';

/** Le temps est un port : rien d'autre ne lit l'horloge. */
export interface Clock {
  now(): Instant;
  today(zone: TimeZone): CivilDate;
}
