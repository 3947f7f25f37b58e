import type { Provenance, ReleveEnEchec } from '../../retour/entree-amont';
import type { Page } from '../../pagination/page';

export interface ReleveRepository {
  /** Celles de ces entrées qui sont en échec, par leur clé. */
  find(provenance: Provenance, cles: readonly string[]): Promise<ReadonlyMap<string, ReleveEnEchec>>;
  /** Inscrit un échec, ou le suivant de la même entrée : la première date demeure. */
  fail(releve: ReleveEnEchec): Promise<void>;
  /** L'entrée est relevée, et acquittée. */
  settle(provenance: Provenance, cle: string): Promise<void>;
  /** Oublie les échecs des entrées que la source n'annonce plus. @param seen toutes celles qu'elle annonce. */
  forgetUnseen(provenance: Provenance, seen: readonly string[]): Promise<void>;
}

export interface ReleveReadings {
  /** Du plus ancien échec au plus récent. @param after curseur rendu par la page d'avant. */
  list(after: string | null, limit: number): Promise<Page<ReleveEnEchec>>;
}
