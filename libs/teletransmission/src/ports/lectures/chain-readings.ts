import type { CollectiviteId } from '../../ids';
import type { HistoryEntry } from './readings';
import type { Page } from '../../pagination/page';

/** Une chaîne du journal, et sa tête. */
export interface ChainView {
  /** L'identité de la collectivité, ou `plateforme`. */
  readonly chaine: string;
  /** `null` pour celle de la plateforme, qui n'est d'aucune. */
  readonly siren: string | null;
  readonly nom: string | null;
  readonly rang: number;
  readonly empreinte: string;
}

/** La lecture du journal, chaîne par chaîne. */
export interface ChainReadings {
  /** @param collectiviteId `null` : toutes, celle de la plateforme comprise. */
  chains(
    collectiviteId: CollectiviteId | null,
    after: string | null,
    limit: number,
  ): Promise<Page<ChainView>>;
  /** Une chaîne, dans l'ordre de ses rangs. @param after curseur rendu par la page d'avant. */
  historyOfChain(chaine: string, after: string | null, limit: number): Promise<Page<HistoryEntry>>;
}
