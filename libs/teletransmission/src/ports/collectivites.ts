import type { Collectivite } from '../collectivite/collectivite';
import type { CollectiviteId } from '../ids';

export interface CollectiviteRepository {
  find(id: CollectiviteId): Promise<Collectivite | null>;
  findBySiren(siren: string): Promise<Collectivite | null>;
  /** Inscrit la collectivité, ou met ses réglages à jour ; le SIREN est sa clé. */
  save(collectivite: Collectivite): Promise<Collectivite>;
  list(): Promise<readonly Collectivite[]>;
}
