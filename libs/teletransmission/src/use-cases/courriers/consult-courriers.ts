import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Compte } from '../../compte/compte';
import { authorizeOn } from '../../compte/authorize-on';
import { authorize } from '../../compte/permissions';
import type { Correspondance } from '../../correspondance/correspondance';
import type { CorrespondanceId, DeliberationId } from '../../ids';
import { isUuid } from '../../ids';
import type {
  CourrierCount,
  CourrierCriteria,
  CourrierReadings,
  CourrierSource,
} from '../../ports/lectures/courrier-readings';
import type { CorrespondanceRepository } from '../../ports/actes/correspondances';
import type { HistoryEntry } from '../../ports/lectures/readings';
import { problems } from '../../problems';
import type { CourrierView, ReponseView } from '../../situation/courrier-view';
import type { Page } from '../../pagination/page';

/** Une lettre et tout ce qui s'y rattache. */
export interface CourrierDossier {
  readonly view: CourrierView;
  readonly lettre: Correspondance;
  readonly reponses: readonly ReponseView[];
  readonly source: CourrierSource | null;
  readonly history: readonly HistoryEntry[];
}

const NONE: CourrierCount = { count: 0, echeance: null };

/** Les lettres de la préfecture, dans les limites du compte. Ne change rien. */
export class ConsultCourriers {
  constructor(
    private readonly readings: CourrierReadings,
    private readonly correspondances: Pick<CorrespondanceRepository, 'find'>,
  ) {}

  /** Les lettres, de la plus pressante à la moins pressante, bornées à la collectivité du compte. */
  async list(
    compte: Compte,
    criteria: CourrierCriteria,
    after: string | null,
    limit: number,
  ): Promise<Result<Page<CourrierView>>> {
    const allowed = authorize(compte, 'lire-courriers', compte.collectiviteId);
    if (!allowed.ok) return allowed;
    const bounded =
      compte.collectiviteId === null ? criteria : { ...criteria, collectiviteId: compte.collectiviteId };
    return ok(await this.readings.list(bounded, after, limit));
  }

  /** Une lettre et son dossier. Celle d'une autre collectivité n'existe pas pour ce compte. */
  async courrier(compte: Compte, id: string): Promise<Result<CourrierDossier>> {
    const correspondanceId = id as CorrespondanceId;
    const visible = authorizeOn(compte, 'lire-courriers', {
      found: isUuid(id) ? await this.readings.courrier(correspondanceId) : null,
      ownerOf: ({ collectivite }) => collectivite.id,
      unknown: problems.unknownCorrespondance(id),
    });
    if (!visible.ok) return visible;
    const view = visible.value;
    const [lettre, reponses, source, history] = await Promise.all([
      this.correspondances.find(correspondanceId),
      this.readings.reponses(correspondanceId),
      this.readings.source(correspondanceId),
      this.readings.history(correspondanceId),
    ]);
    return lettre
      ? ok({ view, lettre, reponses, source, history })
      : refuse(problems.unknownCorrespondance(id));
  }

  /** Les lettres d'un acte que le compte a déjà le droit de voir ; aucune pour qui ne lit pas les courriers. */
  async ofDeliberation(compte: Compte, id: DeliberationId): Promise<readonly CourrierView[]> {
    return authorize(compte, 'lire-courriers', compte.collectiviteId).ok
      ? this.readings.ofDeliberation(id)
      : [];
  }

  /** Combien attendent une réponse, et la plus proche échéance. */
  async waiting(compte: Compte): Promise<CourrierCount> {
    return authorize(compte, 'lire-courriers', compte.collectiviteId).ok
      ? this.readings.waiting(compte.collectiviteId)
      : NONE;
  }
}
