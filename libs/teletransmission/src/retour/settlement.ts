import type { Retour } from './retour';
import type { RetourState } from '../vies/retour-transitions';
import type { CollectiviteId, TransmissionId } from '../ids';
import type { AuditEntry } from '../audit/audit-entry';
import type { OutboxMessage } from '../travaux/outbox-message';

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
