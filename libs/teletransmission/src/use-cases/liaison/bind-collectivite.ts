import { parseSiren } from '@teletransmission/actes';
import type { Clock, Instant, Result } from '@teletransmission/kernel';
import { addMs, ok, refuse } from '@teletransmission/kernel';
import type { Compte } from '../../compte/compte';
import { authorize } from '../../compte/permissions';
import { collectiviteBound } from '../../liaison/audit';
import { parseLiaisonId } from '../../liaison/liaison';
import type { Rattachement } from '../../liaison/rattachement';
import { rattachementAt } from '../../liaison/rattachement';
import type { CollectiviteRepository } from '../../ports/administration/collectivites';
import type { LiaisonRepository, LiaisonView } from '../../ports/liaison/liaisons';
import { problems } from '../../problems';
import { checkMotif } from '../../transmission/motif';

/** Un marché ne s'annonce pas de plus loin. */
const AHEAD_MAX_MS = 5 * 365 * 86_400_000;

/** Qui relie quelle collectivité à quoi, à partir de quand, et pourquoi. */
export interface BindCommand {
  readonly compte: Compte;
  readonly siren: string;
  readonly liaison: string;
  /** `null` : dès maintenant. */
  readonly depuis: Instant | null;
  readonly motif: string;
}

/**
 * Voir les liaisons, et relier une collectivité à l'une d'elles. Ce qui est déjà sous enveloppe part par la liaison où il a été scellé ;
 * ce qui ne l'est pas prend la nouvelle.
 */
export class BindCollectivite {
  constructor(
    private readonly liaisons: LiaisonRepository,
    private readonly collectivites: Pick<CollectiviteRepository, 'findBySiren'>,
    private readonly clock: Clock,
  ) {}

  /** Toutes, avec ce qui y est relié et ce qui y court. Un compte de toute la plateforme. */
  async list(compte: Compte): Promise<Result<readonly LiaisonView[]>> {
    const allowed = authorize(compte, 'voir-prefectures', null);
    return allowed.ok ? ok(await this.liaisons.views(this.clock.now())) : allowed;
  }

  /** @returns les refus `collectivite/unknown`, `liaison/unknown`, `liaison/closed`, `liaison/date-refused`. */
  async execute(command: BindCommand): Promise<Result<Rattachement>> {
    const { compte, siren } = command;
    const allowed = authorize(compte, 'administrer', null);
    if (!allowed.ok) return allowed;
    const motif = checkMotif(command.motif);
    if (!motif.ok) return motif;
    const known = parseSiren(siren);
    const collectivite = known.ok && (await this.collectivites.findBySiren(known.value));
    if (!collectivite) return refuse(problems.unknownCollectivite(siren));
    const liaisonId = parseLiaisonId(command.liaison);
    const liaison = liaisonId && (await this.liaisons.find(liaisonId));
    if (!liaison) return refuse(problems.unknownLiaison());
    const now = this.clock.now();
    const depuis = command.depuis ?? now;
    if (depuis < now || depuis > addMs(now, AHEAD_MAX_MS)) return refuse(problems.bindingDateRefused(depuis));
    const before = rattachementAt(await this.liaisons.rattachementsOf(collectivite.id), depuis);
    const bound = { collectiviteId: collectivite.id, liaisonId: liaison.id, depuis, jusqua: null };
    if (before?.liaisonId === liaison.id && before.jusqua === null) return ok(before);
    const actor = { kind: 'compte', id: compte.id, nom: compte.nom } as const;
    const audit = collectiviteBound(bound, before, now, actor, motif.value);
    return (await this.liaisons.bind(bound, audit)) ? ok(bound) : refuse(problems.closedLiaison(liaison.id));
  }
}
