import type { AuditEntry } from '../../audit/audit-entry';
import type { CollectiviteId, LiaisonId } from '../../ids';
import type { Liaison } from '../../liaison/liaison';
import type { Rattachement } from '../../liaison/rattachement';
import type { Instant } from '@teletransmission/kernel';

/** Ce que la page, l'API et la console montrent d'une liaison. */
export interface LiaisonView {
  readonly liaison: Liaison;
  /** Les collectivités qui y sont reliées en ce moment. */
  readonly collectivites: number;
  /** Ce qui y est parti, ou y partira, et n'est pas encore clos. */
  readonly transmissionsOuvertes: number;
  readonly dernierRetourLe: Instant | null;
}

export interface LiaisonRepository {
  find(id: LiaisonId): Promise<Liaison | null>;
  /** Toutes, par identité. */
  list(): Promise<readonly Liaison[]>;
  views(now: Instant): Promise<readonly LiaisonView[]>;
  /** Inscrit une liaison ou la change ; ce qui change s'inscrit au journal avec elle. @returns vrai si quelque chose a changé. */
  save(liaison: Liaison, audit: AuditEntry): Promise<boolean>;
  /** Ceux d'une collectivité, du plus ancien au plus récent. */
  rattachementsOf(collectiviteId: CollectiviteId): Promise<readonly Rattachement[]>;
  /**
   * Relie une collectivité à partir d'une date : le rattachement d'avant s'y arrête, ceux de plus tard ne valent plus.
   * `false` : la liaison n'est plus ouverte ; rien n'a été écrit.
   */
  bind(rattachement: Rattachement & { readonly depuis: Instant }, audit: AuditEntry): Promise<boolean>;
}
