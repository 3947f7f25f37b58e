import type { CivilDate, Instant, TimeZone } from '@teletransmission/kernel';
import { civilDateAt } from '@teletransmission/kernel';

/** Les bords du monde (le signe des noms `Etc/GMT` est inversé) : là où le jour commence en premier, là où il finit en dernier. */
const FIRST_DAYS: TimeZone = 'Etc/GMT-14';
const LAST_DAYS: TimeZone = 'Etc/GMT+12';

/**
 * Vrai si ce jour, lu à une horloge quelconque du monde, contient un instant qui ne précède pas celui-ci. Un message de l'État porte un
 * jour sans dire à quelle horloge : elle peut être d'un autre fuseau que la collectivité, outre-mer compris.
 */
export function couldFollow(jour: CivilDate, instant: Instant): boolean {
  return jour >= civilDateAt(instant, LAST_DAYS);
}

/** Vrai si ce jour, lu à une horloge quelconque du monde, contient un instant qui ne suit pas celui-ci. */
export function couldPrecede(jour: CivilDate, instant: Instant): boolean {
  return jour <= civilDateAt(instant, FIRST_DAYS);
}
