import { addMs, epochMsOf } from '@teletransmission/kernel';
import type { CivilDate, Clock, Instant, TimeZone } from '@teletransmission/kernel';
import { civilDay } from './civil-day';

/** L'horloge que l'on règle : l'heure vraie, plus l'écart que le registre retient. Le temps continue d'y passer. */
export class ScriptedClock implements Clock {
  constructor(
    private readonly vraie: Clock,
    private readonly registre: { readonly ecartHorlogeMs: number },
  ) {}

  now(): Instant {
    return addMs(this.vraie.now(), this.registre.ecartHorlogeMs);
  }

  today(zone: TimeZone): CivilDate {
    return civilDay(this.now(), zone);
  }

  /** L'écart qu'il faut pour qu'il soit maintenant cet instant, en millisecondes. */
  shiftTo(instant: Instant): number {
    return epochMsOf(instant) - epochMsOf(this.vraie.now());
  }
}
