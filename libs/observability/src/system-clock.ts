import type { CivilDate, Clock, IdSource, Instant, TimeZone } from '@teletransmission/kernel';
import { civilDateAt, instantOf } from '@teletransmission/kernel';
import { v7 } from 'uuid';

/** L'horloge de la machine : le seul endroit qui la lit. */
export class SystemClock implements Clock {
  now(): Instant {
    return instantOf(Date.now());
  }

  today(zone: TimeZone): CivilDate {
    return civilDateAt(this.now(), zone);
  }
}

/** Des UUIDv7 : leur ordre est celui de leur naissance, et un index les range sans se disperser. */
export class UuidSource implements IdSource {
  next(): string {
    return v7();
  }
}
