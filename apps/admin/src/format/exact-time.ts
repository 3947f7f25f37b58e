import type { CivilDate, Instant, TimeZone } from '@teletransmission/kernel';
import { civilDateAt, clockTimeAt, EUROPE_PARIS } from '@teletransmission/kernel';

const days = new Intl.DateTimeFormat('fr-FR', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** Le jour en toutes lettres : « jeudi 20 octobre 2022 », « samedi 1er janvier 2022 ». */
export function longDate(date: CivilDate): string {
  return days.format(Date.parse(`${date}T00:00:00Z`)).replace(' 1 ', ' 1er ');
}

/** L'instant exact, à la seconde, dans ce fuseau : « mercredi 2 novembre 2022 à 09:15:00 ». */
export function exactTime(instant: Instant, zone: TimeZone = EUROPE_PARIS): string {
  return `${longDate(civilDateAt(instant, zone))} à ${clockTimeAt(instant, zone)}`;
}
