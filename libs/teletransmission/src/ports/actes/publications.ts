import type { CivilDate } from '@teletransmission/kernel';
import type { AuditEntry } from '../../audit/audit-entry';
import type { DeliberationId } from '../../ids';
import type { DeclarationPublication, Publication } from '../../publication/publication';
import type { PublicationState } from '../../vies/publication-transitions';

export interface PublicationChange {
  readonly publication: Publication;
  readonly to: PublicationState;
  readonly datePublication: CivilDate;
  readonly adresse: string | null;
  readonly declaration: DeclarationPublication | null;
  readonly audit: AuditEntry;
}

export interface PublicationRepository {
  find(deliberationId: DeliberationId): Promise<Publication | null>;
  /** État et audit en une transaction, avec l'adresse ou la déclaration qui les fonde. `false` : quelqu'un d'autre a publié depuis la lecture. */
  record(change: PublicationChange): Promise<boolean>;
}
