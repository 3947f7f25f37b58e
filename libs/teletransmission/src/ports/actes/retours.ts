import type { AuditEntry } from '../../audit/audit-entry';
import type { RetourId, TransmissionId } from '../../ids';
import type { Remarque } from '../../retour/remarque';
import type { Retour } from '../../retour/retour';
import type { OutboxMessage } from '../../travaux/outbox-message';
import type { RetourHandling, RetourSettlement } from '../../retour/settlement';

export interface RetourRepository {
  find(id: RetourId): Promise<Retour | null>;
  /** La transmission à laquelle un autre retour, des mêmes octets, a été appliqué. */
  findTwin(retour: Retour): Promise<TransmissionId | null>;
  /**
   * Inscrit un retour avec son audit et son message. `false` : la même remise était déjà là, sa présentation est comptée. La même : même
   * source, même identité, même nom, mêmes octets. Les octets seuls ne la font pas : une anomalie d'enveloppe ne nomme la sienne que
   * par son nom de fichier, et d'un second envoi les mêmes octets disent autre chose.
   */
  receive(retour: Retour, audit: AuditEntry, outbox: OutboxMessage): Promise<boolean>;
  /** Vrai quand un autre retour, de même nom et de mêmes octets, a déjà été appliqué. */
  hasAppliedTwin(retour: Retour): Promise<boolean>;
  /** Garde ce qu'une lecture a remarqué, à la place de ce qu'avait remarqué la précédente. */
  annotate(id: RetourId, remarques: readonly Remarque[]): Promise<void>;
  /** Change l'état depuis celui lu. `false` : quelqu'un d'autre l'a fait. */
  settle(settlement: RetourSettlement): Promise<boolean>;
  /** Relit, rattache ou met de côté, depuis l'état lu ; à relire, sa lecture croît d'une. `false` : quelqu'un d'autre l'a fait. */
  handle(handling: RetourHandling): Promise<boolean>;
}
