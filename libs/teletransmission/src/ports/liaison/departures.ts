import type { Departement } from '@teletransmission/actes';
import type { Instant } from '@teletransmission/kernel';
import type { Liaison } from '../../liaison/liaison';
import type { Transmission } from '../../transmission/transmission';
import type { JobOutcome } from '../../travaux/job-outcome';
import type { Destination } from './prefectures';
import type { SendingPlace } from './sending-places';
import type { SealedArchive } from '../../transmission/enveloppe';

/** Par où part un acte scellé : sa liaison, et le département qui l'attend. */
export interface Route {
  readonly liaison: Liaison;
  readonly departement: Departement;
}

/**
 * Partir maintenant vers cette préfecture, dans une place à rendre à la fin de l'envoi, ou rester : l'attente et sa raison sont alors
 * déjà écrites, sauf celle d'une place, qui se compte en secondes.
 */
export type Departure =
  | { readonly kind: 'go'; readonly route: Route; readonly place: SendingPlace }
  | { readonly kind: 'stay'; readonly outcome: JobOutcome };

/** Un acte sous enveloppe, et ce qu'on vient de lire de l'autre bout. */
export interface ReadyToLeave {
  readonly transmission: Transmission;
  readonly archive: SealedArchive;
  readonly destination: Destination;
}

/** Ce qui décide du moment où un acte part : fenêtres, arrêts, pause, budget de l'heure et disjoncteur de sa préfecture. */
export interface Departures {
  /** Demandé avant d'ouvrir un envoi. Une attente ne consomme aucun tour. */
  ask(ready: ReadyToLeave, at: Instant): Promise<Departure>;
  /** Quand poser une question à la préfecture au sujet d'une archive ; `null` : tout de suite. */
  questionDate(
    transmission: Transmission,
    archive: string,
    at: Instant,
  ): Promise<{ readonly route: Route; readonly until: Instant | null }>;
}
