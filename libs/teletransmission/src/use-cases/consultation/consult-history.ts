import { digitsOfSiren } from '@teletransmission/actes';
import type { Result } from '@teletransmission/kernel';
import { ok } from '@teletransmission/kernel';
import type { Compte } from '../../compte/compte';
import { authorizeOn } from '../../compte/authorize-on';
import type { Action } from '../../compte/permissions';
import { authorize } from '../../compte/permissions';
import type { DeliberationId } from '../../ids';
import { isUuid } from '../../ids';
import type { CollectiviteRepository } from '../../ports/administration/collectivites';
import type { AcknowledgementCriteria, HistoryEntry, Readings } from '../../ports/lectures/readings';
import { problems } from '../../problems';
import type { DeliberationView, PieceView } from '../../situation/deliberation-view';
import type { Page } from '../../pagination/page';

/** Étape 9 : n'importe qui demande ce qui s'est passé, dans les limites de son compte. Ne change rien. */
export class ConsultHistory {
  constructor(
    private readonly readings: Readings,
    private readonly collectivites: CollectiviteRepository,
  ) {}

  /** Une délibération. Celle d'une autre collectivité n'existe pas pour ce compte. */
  async deliberation(
    compte: Compte,
    id: string,
    action: Action = 'suivre-deliberation',
  ): Promise<Result<DeliberationView>> {
    const view = isUuid(id) ? await this.readings.view(id as DeliberationId) : null;
    return authorizeOn(compte, action, {
      found: view,
      ownerOf: ({ collectivite }) => collectivite.id,
      unknown: problems.unknownDeliberation(id),
    });
  }

  /** Les pièces d'une délibération, signatures comprises. */
  async pieces(compte: Compte, id: string): Promise<Result<readonly PieceView[]>> {
    const view = await this.deliberation(compte, id);
    return view.ok ? ok(await this.readings.pieces(id as DeliberationId)) : view;
  }

  /** L'historique d'une délibération : qui la suit peut le lire, son déposant compris. */
  async historyOf(
    compte: Compte,
    id: string,
    after: string | null,
    limit: number,
  ): Promise<Result<Page<HistoryEntry>>> {
    const view = await this.deliberation(compte, id, 'lire-historique-acte');
    return view.ok ? ok(await this.readings.historyOf(id as DeliberationId, after, limit)) : view;
  }

  /** Toute la chaîne d'une collectivité. Celle d'une autre n'existe pas pour ce compte. */
  async historyOfCollectivite(
    compte: Compte,
    siren: string,
    after: string | null,
    limit: number,
  ): Promise<Result<Page<HistoryEntry>>> {
    const digits = digitsOfSiren(siren);
    const collectivite = authorizeOn(compte, 'lire-historique', {
      found: digits === null ? null : await this.collectivites.findBySiren(digits),
      ownerOf: ({ id }) => id,
      unknown: problems.unseenCollectivite(siren),
    });
    if (!collectivite.ok) return collectivite;
    return ok(await this.readings.historyOfCollectivite(collectivite.value.id, after, limit));
  }

  /** L'historique des accusés, borné à la collectivité du compte. */
  async search(
    compte: Compte,
    criteria: AcknowledgementCriteria,
    after: string | null,
    limit: number,
  ): Promise<Result<Page<DeliberationView>>> {
    const allowed = authorize(compte, 'lire-accuses', compte.collectiviteId);
    if (!allowed.ok) return allowed;
    const bounded =
      compte.collectiviteId === null ? criteria : { ...criteria, collectiviteId: compte.collectiviteId };
    return ok(await this.readings.search(bounded, after, limit));
  }
}
