import { parseDepartement } from '@teletransmission/actes';
import type { Clock, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Evidence } from '../../audit/audit-entry';
import { LIAISON_DIRECTE, parseLiaisonId } from '../../liaison/liaison';
import type { Compte } from '../../compte/compte';
import { authorize } from '../../compte/permissions';
import type { PrefectureRepository, PrefectureView } from '../../ports/liaison/prefectures';
import type { PrefectureEvent } from '../../prefecture/audit';
import { prefectureAudit } from '../../prefecture/audit';
import type { Prefecture } from '../../prefecture/prefecture';
import { changePrefecture } from '../../prefecture/prefecture-rules';
import { problems } from '../../problems';
import { checkMotif } from '../../transmission/motif';

/** Qui décide, de quelle préfecture, et pourquoi. */
export interface PrefectureDecision {
  readonly compte: Compte;
  readonly departement: string;
  /** Le guichet de quelle liaison ; absent : de la liaison directe. */
  readonly liaison?: string;
  readonly motif: string;
}

/** Voir, régler, suspendre et reprendre une préfecture, sans toucher aux autres. Chaque décision est au journal, avec son motif. */
export class RegulatePrefecture {
  constructor(
    private readonly prefectures: PrefectureRepository,
    private readonly clock: Clock,
  ) {}

  /** Les préfectures et ce qui y attend. Un compte de toute la plateforme, jamais celui d'une collectivité. */
  async list(compte: Compte): Promise<Result<readonly PrefectureView[]>> {
    const allowed = authorize(compte, 'voir-prefectures', null);
    return allowed.ok ? ok(await this.prefectures.views(this.clock.now())) : allowed;
  }

  /** @param changes voir `changePrefecture` ; ce qui vient de l'extérieur y est tenu à sa forme. */
  async regulate(decision: PrefectureDecision, changes: unknown): Promise<Result<Prefecture>> {
    const allowed = authorize(decision.compte, 'regler-prefecture', null);
    if (!allowed.ok) return allowed;
    return this.decide(decision, 'prefecture-regulated', (prefecture, motif) =>
      changePrefecture(prefecture, changes, motif, this.clock.now()),
    );
  }

  async pause(decision: PrefectureDecision): Promise<Result<Prefecture>> {
    const allowed = authorize(decision.compte, 'suspendre-prefecture', null);
    if (!allowed.ok) return allowed;
    return this.decide(decision, 'prefecture-paused', (prefecture, motif) =>
      prefecture.pause
        ? refuse(problems.alreadyPaused(prefecture.departement, prefecture.pause.motif))
        : ok({
            ...prefecture,
            pause: { depuis: this.clock.now(), motif },
            version: prefecture.version + 1,
          }),
    );
  }

  async resume(decision: PrefectureDecision): Promise<Result<Prefecture>> {
    const allowed = authorize(decision.compte, 'suspendre-prefecture', null);
    if (!allowed.ok) return allowed;
    return this.decide(decision, 'prefecture-resumed', (prefecture) =>
      prefecture.pause
        ? ok({ ...prefecture, pause: null, version: prefecture.version + 1 })
        : refuse(problems.notPaused(prefecture.departement)),
    );
  }

  private async decide(
    { compte, departement, liaison, motif: text }: PrefectureDecision,
    event: PrefectureEvent,
    change: (prefecture: Prefecture, motif: string) => Result<Prefecture>,
  ): Promise<Result<Prefecture>> {
    const known = parseDepartement(departement);
    if (!known.ok) return refuse(problems.unknownPrefecture(known.problem.detail));
    const motif = checkMotif(text);
    if (!motif.ok) return motif;
    const liaisonId = liaison === undefined ? LIAISON_DIRECTE : parseLiaisonId(liaison);
    if (liaisonId === null) return refuse(problems.unknownLiaison());
    const guichet = { liaisonId, departement: known.value };
    const found = await this.prefectures.find(guichet);
    if (!found) return refuse(problems.unknownLiaison());
    const changed = change(found, motif.value);
    if (!changed.ok) return changed;
    const actor = { kind: 'compte', id: compte.id, nom: compte.nom } as const;
    const audit = prefectureAudit(
      guichet,
      event,
      this.clock.now(),
      actor,
      motif.value,
      evidenceOf(changed.value),
    );
    if (await this.prefectures.save(changed.value, audit)) return changed;
    return refuse(problems.prefectureMoved(known.value));
  }
}

function evidenceOf(prefecture: Prefecture): Evidence {
  return {
    version: prefecture.version,
    fuseau: prefecture.fuseau,
    actesParHeure: prefecture.actesParHeure,
    octetsParHeure: prefecture.octetsParHeure,
    fenetres: JSON.stringify(prefecture.fenetres),
    interruptions: JSON.stringify(prefecture.interruptions.map(({ du, au }) => `${du}/${au}`)),
    suspendue: prefecture.pause !== null,
  };
}
