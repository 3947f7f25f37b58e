import type { CollectiviteId, DeliberationId } from '../ids';
import type { CivilDate, Instant } from '@teletransmission/kernel';
import type { TransmissionState } from '../vies/transmission-transitions';
import type { StopReason } from '../transmission/transmission';
import type { Depart } from './faits';
import type { PublicationState } from '../vies/publication-transitions';
import type { MoyenPublication } from '../publication/moyens';
import type { SealedArchive } from '../transmission/enveloppe';
import type { PieceSignature, RemarquePiece } from '../deliberation/deliberation';

/** Une délibération et ses deux vies, telles qu'on les montre. */
export interface DeliberationView {
  readonly id: string;
  readonly identifiantActe: string;
  readonly collectivite: {
    readonly id: CollectiviteId;
    readonly siren: string;
    readonly nom: string;
    readonly fuseau: string;
  };
  readonly numeroInterne: string;
  readonly nature: string;
  readonly dateDecision: CivilDate;
  readonly objet: string;
  readonly matiere: string;
  readonly deposeeLe: Instant;
  readonly transmission: {
    readonly id: string;
    readonly state: TransmissionState;
    readonly since: Instant;
    readonly turn: number;
    readonly nextTurnAt: Instant | null;
    readonly ackDueAt: Instant | null;
    readonly isOverdue: boolean;
    readonly stopReason: StopReason | null;
    readonly teletransmiseLe: Instant | null;
    readonly dateReception: CivilDate | null;
    /** Ce qu'on sait de son départ, tous envois confondus. */
    readonly depart: Depart;
    /** Où en est le message d'annulation (6-1) d'un acte dont l'annulation est demandée. */
    readonly annulation: { readonly state: TransmissionState } | null;
  };
  readonly publication: {
    readonly state: PublicationState;
    readonly datePublication: CivilDate | null;
    readonly adresse: string | null;
    readonly declaration: {
      readonly moyen: MoyenPublication;
      readonly par: string;
      readonly le: Instant;
    } | null;
    /** La collectivité publie d'elle-même dès l'accusé. */
    readonly automatique: boolean;
    /** Elle a réglé l'adresse de ses actes : sans elle, rien ne se publie de soi-même. */
    readonly siteRegle: boolean;
  };
  readonly archive: SealedArchive | null;
  /** L'acte arrêté dont celui-ci est la correction. */
  readonly corrige: DeliberationId | null;
  /** La correction qui remplace celui-ci. */
  readonly corrigeePar: DeliberationId | null;
  /** L'instant avant lequel l'acte ne doit pas partir. */
  readonly pasAvant: Instant | null;
}

export interface PieceView {
  readonly rang: number;
  readonly typePiece: string;
  readonly nomFichier: string;
  readonly empreinte: string;
  readonly tailleOctets: number;
  readonly format: string;
  /** `null` : déposée avant qu'on ouvre les documents. */
  readonly remarques: readonly RemarquePiece[] | null;
  readonly signature: PieceSignature | null;
}
