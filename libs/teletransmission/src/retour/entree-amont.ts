import type { Instant } from '@teletransmission/kernel';
import type { LiaisonId } from '../ids';

/** D'où vient un retour : la liaison, et sa source chez elle. */
export interface Provenance {
  readonly liaisonId: LiaisonId;
  readonly source: string;
}

/** Une entrée de la liste d'amont, telle qu'on la retrouve d'une relève à l'autre. */
export interface EntreeAmont extends Provenance {
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
