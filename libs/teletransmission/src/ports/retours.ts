import type { AuditEntry } from '../audit/audit-entry';
import type { CollectiviteId, RetourId, TransmissionId } from '../ids';
import type { Retour } from '../retour/retour';
import type { RetourState } from '../retour/transitions';
import type { OutboxMessage } from './outbox-message';

/** Ce que la lecture d'un retour a établi. */
export interface RetourSettlement {
  readonly retour: Retour;
  readonly to: RetourState;
  readonly flux: string | null;
  readonly collectiviteId: CollectiviteId | null;
  readonly transmissionId: TransmissionId | null;
  readonly code: string | null;
  readonly detail: string | null;
  readonly audit: AuditEntry;
}

/** Ce qu'une personne fait d'un retour du bac. `outbox` : il est à relire. */
export interface RetourHandling {
  readonly retour: Retour;
  readonly to: RetourState;
  readonly rattacheA: TransmissionId | null;
  readonly audit: AuditEntry;
  readonly outbox: OutboxMessage | null;
}

export interface RetourRepository {
  find(id: RetourId): Promise<Retour | null>;
  /** La transmission à laquelle un autre retour, des mêmes octets, a été appliqué. */
  findTwin(retour: Retour): Promise<TransmissionId | null>;
  /** Inscrit un retour avec son audit et son message. `false` : ces octets ou cette source étaient déjà là, la présentation est comptée. */
  receive(retour: Retour, audit: AuditEntry, outbox: OutboxMessage): Promise<boolean>;
  /** Change l'état depuis celui lu. `false` : quelqu'un d'autre l'a fait. */
  settle(settlement: RetourSettlement): Promise<boolean>;
  /** Relit, rattache ou met de côté, depuis l'état lu ; à relire, sa lecture croît d'une. `false` : quelqu'un d'autre l'a fait. */
  handle(handling: RetourHandling): Promise<boolean>;
}
