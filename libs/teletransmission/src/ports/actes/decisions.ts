import type { Decision, DecisionState } from '../../decision/decision';
import type { AuditEntry } from '../../audit/audit-entry';
import type { CollectiviteId, DecisionId, RetourId } from '../../ids';
import type { Retour } from '../../retour/retour';
import type { ReceivedCourrier } from './correspondances';
import type { StateChange } from '../../transmission/change';
import type { RetourSettlement } from '../../retour/settlement';
import type { Page } from '../../pagination/page';

export interface DecisionCriteria {
  readonly retourId?: RetourId;
  readonly etat?: DecisionState;
  /** `null` : toute la plateforme. */
  readonly collectiviteId: CollectiviteId | null;
}

/** Ce qu'une décision fait écrire : ce qu'aurait écrit la lecture du retour. */
export type DecidedWrites =
  | { readonly kind: 'changes'; readonly changes: readonly StateChange[] }
  | { readonly kind: 'courrier'; readonly courrier: ReceivedCourrier }
  | { readonly kind: 'settlement'; readonly settlement: RetourSettlement };

/** `moved` : le retour, la décision ou l'acte ont bougé ; `lettre-known` : ces octets sont déjà une lettre. Alors rien n'est écrit. */
export type ApplyOutcome = 'applied' | 'moved' | 'lettre-known';

/** Les décisions prises sur les retours du bac. Une seule à la fois est proposée sur un retour. */
export interface DecisionRepository {
  find(id: DecisionId): Promise<Decision | null>;
  /** Celle qui attend une seconde personne sur ce retour. */
  findProposed(retourId: RetourId): Promise<Decision | null>;
  /** De la plus ancienne à la plus récente. @param after curseur rendu par la page d'avant. */
  list(criteria: DecisionCriteria, after: string | null, limit: number): Promise<Page<Decision>>;
  /** Inscrit une décision proposée, avec son audit. `false` : le retour a bougé, ou une autre y est déjà proposée. */
  propose(decision: Decision, retour: Retour, audit: AuditEntry): Promise<boolean>;
  /** Refuse ou retire une décision proposée, avec son audit ; le retour redevient libre. `false` : elle ne l'était plus. */
  close(decision: Decision, audit: AuditEntry): Promise<boolean>;
  /**
   * Applique une décision et tout ce qu'elle fait écrire, en une transaction : elle, qu'elle ait été proposée ou qu'elle naisse ainsi, le
   * retour, l'acte, l'audit et les travaux.
   */
  apply(decision: Decision, retour: Retour, writes: DecidedWrites): Promise<ApplyOutcome>;
}
