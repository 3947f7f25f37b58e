import type { CivilDate, Clock, IdSource, Instant, TimeZone } from '@teletransmission/kernel';
import { addMs, civilDateAt } from '@teletransmission/kernel';

/** Une horloge que le test mène. */
export class FakeClock implements Clock {
  constructor(private instant: Instant = '2022-11-02T09:00:00.000Z' as Instant) {}

  now(): Instant {
    return this.instant;
  }

  today(zone: TimeZone): CivilDate {
    return civilDateAt(this.instant, zone);
  }

  advance(ms: number): void {
    this.instant = addMs(this.instant, ms);
  }

  set(instant: string): void {
    this.instant = instant as Instant;
  }
}

/** Des identités prévisibles, de la forme d'un UUID. */
export class SequentialIds implements IdSource {
  private last = 0;

  constructor(private readonly prefix = '00000000') {}

  next(): string {
    this.last += 1;
    return `${this.prefix}-0000-7000-8000-${this.last.toString(16).padStart(12, '0')}`;
  }
}
