import type { Instant } from '@teletransmission/kernel';
import { addMs, epochMsOf } from '@teletransmission/kernel';
import type { TransmissionId } from '../../ids';
import type { Liaison } from '../../liaison/liaison';
import type { OpenTransaction } from '../../ports/liaison/prefecture-gateway';

/** Sans réglage, on ne redemande pas plus d'une fois la minute ; et jamais plus d'une heure sans demander. */
const PERIOD_MS = 60_000;
const PERIOD_MAX_MS = 3_600_000;
/** Un dixième de l'âge : ce qui n'a pas répondu en dix heures se redemande toutes les heures. */
const AGE_SHARE = 10;

/**
 * Quand redemander à chaque transaction : souvent tant qu'elle est neuve, de moins en moins ensuite. Ce n'est qu'un égard pour l'autre bout :
 * un processus qui redémarre redemande une fois de trop, et rien ne s'en perd.
 */
export class PollSchedule {
  private readonly lastAsked = new Map<TransmissionId, Instant>();

  isDue({ transmissionId, teletransmiseLe }: OpenTransaction, { reglages }: Liaison, now: Instant): boolean {
    const asked = this.lastAsked.get(transmissionId);
    if (asked === undefined) return true;
    const ageMs = teletransmiseLe === null ? 0 : epochMsOf(now) - epochMsOf(teletransmiseLe);
    const leastMs = reglages.sondagePeriodeMs ?? PERIOD_MS;
    const periodMs = Math.max(leastMs, Math.min(ageMs / AGE_SHARE, PERIOD_MAX_MS));
    return addMs(asked, Math.round(periodMs)) <= now;
  }

  asked({ transmissionId }: OpenTransaction, now: Instant): void {
    // Une transaction close n'est plus demandée : sa trace ne sert plus, et le livre ne grossit pas sans fin.
    for (const [known, at] of this.lastAsked)
      if (addMs(at, 2 * PERIOD_MAX_MS) < now) this.lastAsked.delete(known);
    this.lastAsked.set(transmissionId, now);
  }
}
