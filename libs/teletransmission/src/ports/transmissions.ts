import type { EnveloppeKey } from '@teletransmission/actes';
import type { CivilDate, Instant } from '@teletransmission/kernel';
import type { AuditEntry } from '../audit/audit-entry';
import type { Empreinte, EnveloppeId, EnvoiId, RetourId, TransmissionId } from '../ids';
import type { StopReason, Transmission } from '../transmission/transmission';
import type { TransmissionState } from '../transmission/transitions';
import type { OutboxMessage } from './outbox-message';

/** Une enveloppe : son numéro du jour, puis, une fois scellée, son archive. */
export interface Enveloppe {
  readonly id: EnveloppeId;
  readonly transmissionId: TransmissionId;
  readonly cycle: number;
  readonly jour: CivilDate;
  readonly numero: number;
  readonly archive: SealedArchive | null;
}

export interface SealedArchive {
  readonly nom: string;
  readonly empreinte: Empreinte;
  readonly tailleOctets: number;
}

/** Comment un envoi s'est terminé. */
export type EnvoiOutcome = 'accepted' | 'deferred' | 'refused' | 'lost' | 'found' | 'absent' | 'answered';

/** Ce qui s'écrit avec le changement d'état, dans la même transaction. */
export type Effect =
  | { readonly kind: 'seal'; readonly enveloppeId: EnveloppeId; readonly archive: SealedArchive }
  | {
      readonly kind: 'open-envoi';
      readonly envoiId: EnvoiId;
      readonly enveloppeId: EnveloppeId;
      readonly turn: number;
      readonly leaseUntil: Instant;
    }
  | {
      readonly kind: 'close-envoi';
      readonly outcome: EnvoiOutcome;
      readonly code: string;
      readonly detail: string | null;
    }
  | {
      readonly kind: 'apply-retour';
      readonly retourId: RetourId;
      readonly flux: string;
      readonly audit: AuditEntry;
    };

/** Les colonnes qui changent avec l'état. Absente : inchangée. */
export interface TransmissionPatch {
  readonly cycle?: number;
  readonly turn?: number;
  readonly nextTurnAt?: Instant | null;
  readonly ackDueAt?: Instant | null;
  readonly isOverdue?: boolean;
  readonly enveloppeId?: EnveloppeId | null;
  readonly stopReason?: StopReason | null;
  readonly teletransmiseLe?: Instant | null;
  readonly dateReception?: CivilDate | null;
}

/** Un changement d'état et tout ce qui s'écrit avec lui. */
export interface StateChange {
  readonly transmission: Transmission;
  readonly to: TransmissionState;
  readonly patch: TransmissionPatch;
  readonly audit: AuditEntry;
  readonly effects: readonly Effect[];
  readonly outbox: readonly OutboxMessage[];
}

/** `moved: false` : quelqu'un d'autre a changé l'état depuis la lecture ; rien n'a été écrit. */
export type RecordOutcome =
  { readonly moved: true; readonly transmission: Transmission } | { readonly moved: false };

export interface TransmissionRepository {
  find(id: TransmissionId): Promise<Transmission | null>;
  /** La transmission vivante, sinon la dernière, de cet identifiant exact. */
  findByIdentifiant(identifiantActe: string): Promise<Transmission | null>;
  /** La transmission dont l'enveloppe de ce cycle porte ce nom exact. */
  findByEnveloppe(key: EnveloppeKey): Promise<Transmission | null>;
  /** La seule écriture d'un état, conditionnée à l'état et à la version lus. */
  record(change: StateChange): Promise<RecordOutcome>;
  /**
   * L'enveloppe de ce cycle ; la première demande lui donne le prochain numéro du jour de l'émettrice, les suivantes rendent la même.
   * Un numéro n'est jamais réutilisé.
   */
  allocateEnveloppe(
    transmission: Transmission,
    siren: string,
    jour: CivilDate,
    id: EnveloppeId,
  ): Promise<Enveloppe>;
  findEnveloppe(id: EnveloppeId): Promise<Enveloppe | null>;
  /** Les transmissions dont l'accusé est attendu depuis trop longtemps et non encore signalées. */
  findOverdue(now: Instant, limit: number): Promise<readonly Transmission[]>;
  /** Les envois en cours dont le bail est échu : leur auteur est mort ou coupé. */
  findExpiredLeases(now: Instant, limit: number): Promise<readonly Transmission[]>;
  /** Ce qui attend un travail depuis avant `before` : de quoi reconstruire les files si Redis a tout perdu. */
  findWaiting(now: Instant, before: Instant, limit: number): Promise<readonly OutboxMessage[]>;
}
