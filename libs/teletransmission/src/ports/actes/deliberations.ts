import type { AuditEntry } from '../../audit/audit-entry';
import type { Deliberation } from '../../deliberation/deliberation';
import type { CollectiviteId, DeliberationId } from '../../ids';
import type { Transmission } from '../../transmission/transmission';
import type { OutboxMessage } from '../../travaux/outbox-message';
import type { StateChange } from '../../transmission/change';

/** Ce que répond un dépôt réussi ; c'est aussi ce qu'un rejeu rend, à l'identique. */
export interface DepositReceipt {
  readonly deliberationId: DeliberationId;
  readonly transmissionId: string;
  readonly identifiantActe: string;
  readonly deposeeLe: string;
}

/** La clé que le déposant donne à sa demande, et l'empreinte de celle-ci. */
export interface IdempotencyKey {
  readonly cle: string;
  readonly empreinteDemande: string;
}

export interface Deposit {
  readonly deliberation: Deliberation;
  readonly transmission: Transmission;
  readonly audit: AuditEntry;
  readonly outbox: OutboxMessage;
  /** Pour une correction : le remplacement de la transmission qu'elle corrige. */
  readonly superseded: StateChange | null;
  readonly receipt: DepositReceipt;
  readonly idempotency: IdempotencyKey | null;
  /** Le dossier dit vouloir le numéro d'un acte annulé. */
  readonly reprendNumeroAnnule: boolean;
}

export type DepositOutcome =
  | { readonly kind: 'deposited' }
  | { readonly kind: 'identifiant-taken'; readonly state: string; readonly deliberationId: string }
  /** Le dernier acte de ce numéro a été annulé, et le dossier n'a pas dit le reprendre : la préfecture en garde la trace. */
  | { readonly kind: 'number-cancelled'; readonly deliberationId: string }
  /** Ce qu'on voulait corriger a changé d'état entre-temps. */
  | { readonly kind: 'moved'; readonly state: string }
  | { readonly kind: 'key-taken'; readonly empreinteDemande: string; readonly receipt: DepositReceipt };

export interface DeliberationRepository {
  find(id: DeliberationId): Promise<Deliberation | null>;
  /** La demande déjà faite sous cette clé par cette collectivité. */
  findRequest(
    collectiviteId: CollectiviteId,
    cle: string,
  ): Promise<{ readonly empreinteDemande: string; readonly receipt: DepositReceipt } | null>;
  /** Ce que pèsent ensemble les documents que cette collectivité a déposés, signatures comprises, en octets. */
  storedBytes(collectiviteId: CollectiviteId): Promise<number>;
  /** Délibération, transmission, publication à faire, audit, message, clé, et l'acte corrigé : une seule transaction, tout ou rien. */
  deposit(deposit: Deposit): Promise<DepositOutcome>;
}
