import type { Instant } from '@teletransmission/kernel';
import type { Classification } from '../../classification/classification';
import type { AuditEntry } from '../../audit/audit-entry';
import type { CollectiviteId } from '../../ids';
import type { Transmission } from '../../transmission/transmission';
import type { KeptMessage } from '../../transmission/change';
import type { OutboxMessage } from '../../travaux/outbox-message';

/** Une nomenclature que personne n'avait demandée, et le message qui l'apporte, gardé comme document. */
export interface Adoption {
  readonly classification: Classification;
  readonly message: KeptMessage;
  readonly flux: string;
  readonly audit: AuditEntry;
  readonly outbox: readonly OutboxMessage[];
}

/** Les nomenclatures reçues. Elles s'écrivent avec l'état de la demande qui les amène (`Effect`). */
export interface ClassificationRepository {
  /** La plus récente par sa date, jamais par son ordre d'arrivée. */
  current(collectiviteId: CollectiviteId): Promise<Classification | null>;
  /**
   * Charge une nomenclature venue sans demande : elle, la version de la collectivité, le retour appliqué, l'audit et le travail,
   * ensemble. `false` : le retour n'était plus à lire, rien n'est écrit.
   */
  adopt(adoption: Adoption): Promise<boolean>;
  /** Les collectivités qui n'ont rien demandé depuis cet instant. */
  findStale(before: Instant, limit: number): Promise<readonly CollectiviteId[]>;
  /** La demande de cette collectivité que rien n'a close, partie ou non. */
  findPending(collectiviteId: CollectiviteId): Promise<Transmission | null>;
  /** Les demandes parties, ou incertaines, depuis cet instant ou avant, et sans réponse. */
  findUnanswered(before: Instant, limit: number): Promise<readonly Transmission[]>;
}
