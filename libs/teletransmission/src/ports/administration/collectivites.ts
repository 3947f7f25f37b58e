import type { Actor } from '../../audit/audit-entry';
import type { Collectivite } from '../../collectivite/collectivite';
import type { CollectiviteId } from '../../ids';

export interface CollectiviteRepository {
  find(id: CollectiviteId): Promise<Collectivite | null>;
  findBySiren(siren: string): Promise<Collectivite | null>;
  /**
   * Inscrit la collectivité, ou met ses réglages à jour ; le SIREN est sa clé. Ce qui change s'inscrit au journal, dans la même
   * transaction ; ce qui ne change rien n'y écrit rien. @param acteur la console, sauf mention.
   */
  save(collectivite: Collectivite, acteur?: Actor): Promise<Collectivite>;
  list(): Promise<readonly Collectivite[]>;
}
