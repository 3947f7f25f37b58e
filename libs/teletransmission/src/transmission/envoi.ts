import type { EnveloppeId, EnvoiId, TransmissionId } from '../ids';
import type { Instant } from '@teletransmission/kernel';

/**
 * Le droit d'écrire l'issue d'un envoi, le temps d'un bail. `jeton` est la version de la transmission à l'ouverture : il ne fait que
 * croître, et qui porte un jeton dépassé n'écrit plus rien.
 */
export interface EnvoiLease {
  readonly envoiId: EnvoiId;
  readonly transmissionId: TransmissionId;
  readonly jeton: number;
}

/** Le dernier envoi ouvert d'une transmission, tous cycles confondus. */
export interface OpenedEnvoi {
  readonly enveloppeId: EnveloppeId;
  readonly ouvertLe: Instant;
  /** L'ouverture du tout premier. */
  readonly premierOuvertLe: Instant;
}
