import type { CivilDate, Clock, Instant, TimeZone } from '@teletransmission/kernel';
import { instantOf } from '@teletransmission/kernel';
import { civilDay } from './civil-day';

/** L'horloge de la machine : le seul endroit du simulateur qui la lise. */
export class SystemClock implements Clock {
  now(): Instant {
    return instantOf(Date.now());
  }

  today(zone: TimeZone): CivilDate {
    return civilDay(this.now(), zone);
  }
}
