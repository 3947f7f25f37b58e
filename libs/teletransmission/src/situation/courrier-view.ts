import type { CollectiviteId, CorrespondanceId, DeliberationId } from '../ids';
import type { FluxLettre } from '../correspondance/correspondance';
import type { CorrespondanceState } from '../vies/correspondance-transitions';
import type { CivilDate, Instant } from '@teletransmission/kernel';
import type { FluxTransmis, StopReason } from '../transmission/transmission';
import type { TransmissionState } from '../vies/transmission-transitions';
import type { PieceView } from './deliberation-view';

/** Une lettre de la préfecture, telle qu'elle se montre dans une liste. */
export interface CourrierView {
  readonly id: CorrespondanceId;
  readonly flux: FluxLettre;
  readonly state: CorrespondanceState;
  readonly dateCourrier: CivilDate;
  readonly recueLe: Instant;
  /** Le jour où le silence vaudrait refus ; indicatif. */
  readonly echeance: CivilDate | null;
  readonly identifiantActe: string;
  readonly deliberation: {
    readonly id: DeliberationId;
    readonly numeroInterne: string;
    readonly objet: string;
  };
  readonly collectivite: {
    readonly id: CollectiviteId;
    readonly siren: string;
    readonly nom: string;
    readonly fuseau: string;
  };
}

/** Un message que nous avons rendu à une lettre : son accusé d'office, ou une réponse. */
export interface ReponseView {
  readonly transmissionId: string;
  readonly flux: FluxTransmis;
  readonly state: TransmissionState;
  readonly since: Instant;
  readonly isOverdue: boolean;
  readonly ackDueAt: Instant | null;
  readonly nextTurnAt: Instant | null;
  readonly stopReason: StopReason | null;
  readonly pieces: readonly PieceView[];
}
