import type { IdentifiantActe } from '@teletransmission/actes';
import type { CivilDate, Instant } from '@teletransmission/kernel';
import { FLUX_REPONSES } from '../correspondance/correspondance';
import type {
  CollectiviteId,
  CorrespondanceId,
  DeliberationId,
  EnveloppeId,
  LiaisonId,
  TransmissionId,
} from '../ids';
import type { TransmissionState } from '../vies/transmission-transitions';

/** Pourquoi une transmission est arrêtée : le code, et la phrase pour l'opérateur. */
export interface StopReason {
  readonly code: string;
  readonly detail: string;
}

/**
 * Ce qu'une transmission porte : un acte (1-1), la réponse à une lettre (2-2, 3-3, 3-4, 4-3, 4-4), l'accusé d'office d'une lettre
 * (3-2, 4-2), l'annulation d'un acte acquitté (6-1), une demande de nomenclature (7-1).
 */
export const FLUX_TRANSMIS = ['1-1', ...FLUX_REPONSES, '3-2', '4-2', '6-1', '7-1'] as const;
export type FluxTransmis = (typeof FLUX_TRANSMIS)[number];

/**
 * La sauvegarde d'où vient une transmission restaurée : ce que le service a fait d'elle après `imageDu`, plus personne ne le sait.
 * `cycle` est celui de l'image : une remise en file d'après la restauration en ouvre un autre, qui n'a plus rien d'inconnu.
 */
export interface RestoredFrom {
  readonly imageDu: Instant;
  readonly cycle: number;
}

/** La vie d'un message vers la préfecture. `version` croît d'un à chaque changement : elle garde des écritures croisées. */
export interface Transmission {
  readonly id: TransmissionId;
  /** `null` pour une demande de nomenclature, qui ne concerne aucun acte. */
  readonly deliberationId: DeliberationId | null;
  readonly collectiviteId: CollectiviteId;
  readonly identifiantActe: IdentifiantActe | null;
  /** La lettre à laquelle celle-ci répond. */
  readonly correspondanceId: CorrespondanceId | null;
  /** La transmission arrêtée que celle-ci remplace : un retour de la même identité peut encore parler de l'autre. */
  readonly corrigeId: TransmissionId | null;
  readonly flux: FluxTransmis;
  readonly state: TransmissionState;
  readonly since: Instant;
  readonly version: number;
  /** Un cycle par mise en file : une remise en file ouvre un cycle neuf, et son enveloppe un numéro neuf. */
  readonly cycle: number;
  /** Envois ouverts dans ce cycle. */
  readonly turn: number;
  readonly nextTurnAt: Instant | null;
  /** L'instant, demandé au dépôt, avant lequel elle ne part pas ; il la suit par tous les chemins. */
  readonly notBefore: Instant | null;
  readonly ackDueAt: Instant | null;
  readonly isOverdue: boolean;
  readonly enveloppeId: EnveloppeId | null;
  /** La liaison par où elle part, fixée à la mise sous enveloppe ; `null` : pas encore. Relier ailleurs sa collectivité n'y change rien. */
  readonly liaisonId: LiaisonId | null;
  readonly stopReason: StopReason | null;
  /** La nomenclature que porte l'enveloppe scellée, pour un acte. */
  readonly classificationEnvoyee: CivilDate | null;
  readonly teletransmiseLe: Instant | null;
  readonly dateReception: CivilDate | null;
  /** `null` : aucune restauration ne l'a trouvée en chemin. */
  readonly restored: RestoredFrom | null;
}
