import type { Problem } from '@teletransmission/kernel';
import type { AuditEntry } from '../../audit/audit-entry';
import type { Correspondance } from '../../correspondance/correspondance';
import type { CorrespondanceState } from '../../vies/correspondance-transitions';
import type { Piece } from '../../deliberation/deliberation';
import type { CorrespondanceId, DeliberationId, RetourId, TransmissionId } from '../../ids';
import type { RetourState } from '../../vies/retour-transitions';
import type { TransmissionBirth } from '../../transmission/new-transmission';
import type { Transmission } from '../../transmission/transmission';
import type { OutboxMessage } from '../../travaux/outbox-message';

/** Une lettre qui arrive, et l'accusé que nous en rendons d'office. */
export interface ReceivedCourrier {
  readonly correspondance: Correspondance;
  readonly retourId: RetourId;
  /** L'état d'où le retour s'applique ; `received` quand il vient d'être lu. */
  readonly retourFrom?: RetourState;
  readonly retourAudit: AuditEntry;
  /** Ce qui se remarque du retour, et reste avec lui. */
  readonly remarque?: Problem | null;
  readonly audit: AuditEntry;
  readonly accuse: TransmissionBirth | null;
}

/** Une réponse qui part. */
export interface DepositedReponse {
  readonly correspondance: Correspondance;
  readonly to: CorrespondanceState;
  readonly audit: AuditEntry;
  readonly transmission: Transmission;
  readonly transmissionAudit: AuditEntry;
  readonly pieces: readonly Piece[];
  readonly outbox: OutboxMessage;
}

export interface CorrespondanceRepository {
  find(id: CorrespondanceId): Promise<Correspondance | null>;
  listOf(deliberationId: DeliberationId): Promise<readonly Correspondance[]>;
  /** Les réponses déposées à cette lettre, accusés d'office exclus, dans l'ordre de leur naissance. */
  listReponses(id: CorrespondanceId): Promise<readonly Transmission[]>;
  /** La lettre à laquelle cette transmission répond, et les pièces qu'elle porte. */
  findReponse(
    transmissionId: TransmissionId,
  ): Promise<{ readonly correspondance: Correspondance; readonly pieces: readonly Piece[] } | null>;
  /** Lettre, retour appliqué, audit et accusé d'office : ensemble. `false` : cette lettre était déjà là, rien n'est écrit. */
  receive(courrier: ReceivedCourrier): Promise<boolean>;
  /** La lettre change de main, avec son audit. `false` : elle a bougé depuis sa lecture. */
  take(lettre: Correspondance, to: CorrespondanceState, audit: AuditEntry): Promise<boolean>;
  /** Lettre en réponse, transmission, pièces, audit et travail : ensemble. `false` : la lettre a bougé depuis sa lecture. */
  answer(reponse: DepositedReponse): Promise<boolean>;
}
