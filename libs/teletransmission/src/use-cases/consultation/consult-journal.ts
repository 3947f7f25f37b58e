import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Compte } from '../../compte/compte';
import { authorizeOn } from '../../compte/authorize-on';
import { authorize } from '../../compte/permissions';
import type { CollectiviteId } from '../../ids';
import { isUuid } from '../../ids';
import type { ChainReadings, ChainView } from '../../ports/lectures/chain-readings';
import type { HistoryEntry } from '../../ports/lectures/readings';
import { problems } from '../../problems';
import type { Page } from '../../pagination/page';

/** La chaîne de ce qui n'est d'aucune collectivité. */
export const PLATEFORME = 'plateforme';

/** De quoi revérifier le journal sans tenir la base : les chaînes qu'un compte peut voir, leurs têtes, et leurs lignes. */
export class ConsultJournal {
  constructor(private readonly readings: ChainReadings) {}

  async chains(compte: Compte, after: string | null, limit: number): Promise<Result<Page<ChainView>>> {
    const allowed = authorize(compte, 'lire-historique', compte.collectiviteId);
    return allowed.ok ? ok(await this.readings.chains(compte.collectiviteId, after, limit)) : allowed;
  }

  /** Les lignes d'une chaîne. Celle qui n'est pas à la portée du compte n'existe pas pour lui. */
  async historyOf(
    compte: Compte,
    chaine: string,
    after: string | null,
    limit: number,
  ): Promise<Result<Page<HistoryEntry>>> {
    const concerned = isUuid(chaine) ? (chaine.toLowerCase() as CollectiviteId) : null;
    const isKnown = concerned !== null || chaine === PLATEFORME;
    const visible = authorizeOn(compte, 'lire-historique', {
      found: isKnown ? { owner: concerned } : null,
      ownerOf: ({ owner }) => owner,
      unknown: problems.unknownChain(chaine),
    });
    if (!visible.ok) return visible;
    const page = await this.readings.historyOfChain(concerned ?? PLATEFORME, after, limit);
    // Une chaîne sans ligne n'est pas née ; une page vide en est la fin.
    return page.items.length === 0 && after === null ? refuse(problems.unknownChain(chaine)) : ok(page);
  }
}
