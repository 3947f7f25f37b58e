import type { Instant } from '@teletransmission/kernel';
import type { Page } from './readings';

/** Une entrée de la liste d'amont, telle qu'on la retrouve d'une relève à l'autre. */
export interface EntreeAmont {
  readonly source: string;
  /** Ce qui la désigne dans cette source : son identité, ou l'empreinte de l'entrée quand elle n'en a pas. */
  readonly cle: string;
  /** `null` : elle n'a pas d'identité, ou pas une qui se demande. */
  readonly sourceId: string | null;
  readonly nom: string | null;
  /** Un extrait de l'entrée, quand elle n'a pas d'identité à montrer. */
  readonly extrait: string | null;
}

/** Un retour que la préfecture annonce et qui ne se relève pas : passé, et repris après des délais croissants. */
export interface ReleveEnEchec extends EntreeAmont {
  readonly id: string;
  readonly premierEchecLe: Instant;
  readonly dernierEchecLe: Instant;
  readonly echecs: number;
  readonly code: string;
  readonly detail: string;
  readonly prochaineLe: Instant;
}

export interface ReleveRepository {
  /** Celles de ces entrées qui sont en échec, par leur clé. */
  find(source: string, cles: readonly string[]): Promise<ReadonlyMap<string, ReleveEnEchec>>;
  /** Inscrit un échec, ou le suivant de la même entrée : la première date demeure. */
  fail(releve: ReleveEnEchec): Promise<void>;
  /** L'entrée est relevée, et acquittée. */
  settle(source: string, cle: string): Promise<void>;
  /** Oublie les échecs des entrées que la source n'annonce plus. @param seen toutes celles qu'elle annonce. */
  forgetUnseen(source: string, seen: readonly string[]): Promise<void>;
}

export interface ReleveReadings {
  /** Du plus ancien échec au plus récent. @param after curseur rendu par la page d'avant. */
  list(after: string | null, limit: number): Promise<Page<ReleveEnEchec>>;
}
