import { addMs } from '@teletransmission/kernel';
import type { CivilDate, Clock, Instant, TimeZone } from '@teletransmission/kernel';
import { civilDay } from '../src/clock/civil-day';

/** Une horloge qu'on règle : le temps ne passe que si on le demande. */
export class SettableClock implements Clock {
  private instant: Instant;

  constructor(instant = '2026-11-24T09:00:00.000Z') {
    this.instant = instant as Instant;
  }

  now(): Instant {
    return this.instant;
  }

  today(zone: TimeZone): CivilDate {
    return civilDay(this.instant, zone);
  }

  advance(ms: number): void {
    this.instant = addMs(this.instant, ms);
  }

  set(instant: string): void {
    this.instant = instant as Instant;
  }
}
