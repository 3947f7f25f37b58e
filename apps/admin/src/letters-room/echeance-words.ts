import type { CivilDate, Instant, TimeZone } from '@teletransmission/kernel';
import { civilDateAt, daysBetween } from '@teletransmission/kernel';
import type { CourrierView } from '@teletransmission/teletransmission';

/** Ce qu'il reste pour répondre, en jours civils de la collectivité ; négatif quand l'échéance est passée. */
export function daysLeft(echeance: CivilDate, now: Instant, fuseau: TimeZone): number {
  return daysBetween(civilDateAt(now, fuseau), echeance);
}

/** « dans 12 jours », « demain », « aujourd'hui », « passée depuis 3 jours ». */
export function daysLeftWords(days: number): string {
  if (days === 0) return 'aujourd’hui';
  if (days === 1) return 'demain';
  if (days === -1) return 'passée depuis hier';
  return days > 0 ? `dans ${days} jours` : `passée depuis ${-days} jours`;
}

/** Vrai quand cette lettre attend encore une réponse de nous. */
export function awaitsAnswer({ state }: Pick<CourrierView, 'state'>): boolean {
  return state === 'received' || state === 'answering';
}
