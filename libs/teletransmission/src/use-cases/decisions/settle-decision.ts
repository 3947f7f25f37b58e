import type { CivilDate, Clock, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Compte } from '../../compte/compte';
import { authorizeOn } from '../../compte/authorize-on';
import type { Action } from '../../compte/permissions';
import { authorize } from '../../compte/permissions';
import type { Decision, DecisionState, Signature } from '../../decision/decision';
import { decisionAudit } from '../../decision/decision-audit';
import { checkApplicable } from '../../decision/judge-decision';
import type { DecisionId, RetourId } from '../../ids';
import { isUuid } from '../../ids';
import type { DecisionRepository } from '../../ports/actes/decisions';
import type { RetourRepository } from '../../ports/actes/retours';
import type { TransmissionRepository } from '../../ports/actes/transmissions';
import { problems } from '../../problems';
import { checkMotif } from '../../transmission/motif';
import type { HandleRetour } from '../retours/handle-retour';
import type { ApplyDecision } from './apply-decision';
import type { Page } from '../../pagination/page';

/** Ce qu'une personne fait d'une décision proposée. */
export type Settling =
  /** `dateReception` : le jour que la seconde personne lit, elle aussi, de ses yeux. */
  | { readonly kind: 'confirmer'; readonly dateReception: CivilDate }
  | { readonly kind: 'refuser' }
  | { readonly kind: 'retirer' };

export interface SettleCommand {
  readonly compte: Compte;
  readonly id: string;
  readonly settling: Settling;
  readonly motif: string;
}

export interface SettlePorts {
  readonly decisions: DecisionRepository;
  readonly retours: Pick<RetourRepository, 'find'>;
  readonly transmissions: Pick<TransmissionRepository, 'find'>;
}

export interface DecisionQuery {
  readonly retourId?: string;
  readonly etat?: DecisionState;
}

/**
 * La seconde personne d'une décision qui change une date légale : elle confirme, et tout s'applique ensemble ; ou elle refuse. Qui a proposé
 * peut retirer, jamais confirmer. Confirmer deux fois n'applique qu'une fois.
 */
export class SettleDecision {
  constructor(
    private readonly ports: SettlePorts,
    private readonly steps: { readonly handle: HandleRetour; readonly apply: ApplyDecision },
    private readonly clock: Clock,
  ) {}

  /** Une décision. Celle d'une autre collectivité n'existe pas ; on ne clôt que celle d'un retour qu'on peut lire soi-même. */
  async consult(compte: Compte, id: string, action: Action = 'lire-retours'): Promise<Result<Decision>> {
    const found = isUuid(id) ? await this.ports.decisions.find(id as DecisionId) : null;
    const visible = authorizeOn(compte, action, {
      found,
      ownerOf: ({ collectiviteId }) => collectiviteId,
      unknown: problems.unknownDecision(id),
    });
    if (!visible.ok || action === 'lire-retours') return visible;
    const retour = await this.steps.handle.consult(compte, visible.value.retourId, action);
    return retour.ok ? visible : retour;
  }

  /** Les décisions que ce compte peut voir, de la plus ancienne à la plus récente. */
  async list(
    compte: Compte,
    { retourId, etat }: DecisionQuery,
    after: string | null,
    limit: number,
  ): Promise<Result<Page<Decision>>> {
    const allowed = authorize(compte, 'lire-retours', compte.collectiviteId);
    if (!allowed.ok) return allowed;
    const criteria = {
      collectiviteId: compte.collectiviteId,
      ...(retourId === undefined ? {} : { retourId: retourId as RetourId }),
      ...(etat === undefined ? {} : { etat }),
    };
    return ok(await this.ports.decisions.list(criteria, after, limit));
  }

  /** @returns la décision close, ou le refus : `decision/same-person`, `-not-author`, `-closed`, `-reading-differs`, `-not-applicable`. */
  async execute(command: SettleCommand): Promise<Result<Decision>> {
    const { compte, settling } = command;
    const consulted = await this.consult(compte, command.id, 'traiter-retour');
    if (!consulted.ok) return consulted;
    const decision = consulted.value;
    const motif = checkMotif(command.motif);
    if (!motif.ok) return motif;
    if (decision.state === AFTER[settling.kind] && decision.cloture?.id === compte.id) return ok(decision);
    if (decision.state !== 'proposed') return refuse(problems.decisionClosed(decision.state));
    const isAuthor = decision.auteur.id === compte.id;
    if (settling.kind === 'retirer' && !isAuthor) return refuse(problems.notAuthor(decision.auteur.nom));
    if (settling.kind !== 'retirer' && isAuthor) return refuse(problems.samePerson());
    const cloture = { id: compte.id, nom: compte.nom, le: this.clock.now(), motif: motif.value };
    return settling.kind === 'confirmer'
      ? this.confirm(decision, cloture, settling.dateReception)
      : this.close({ ...decision, state: AFTER[settling.kind], cloture });
  }

  private async confirm(decision: Decision, cloture: Signature, relue: CivilDate): Promise<Result<Decision>> {
    const { contenu } = decision;
    if ('dateReception' in contenu && contenu.dateReception !== relue)
      return refuse(problems.readingDiffers(contenu.dateReception, relue));
    const retour = await this.ports.retours.find(decision.retourId);
    const transmission = await this.ports.transmissions.find(decision.transmissionId);
    if (!retour || !transmission) throw new Error('Décision sans retour ou sans transmission');
    const ground = await this.steps.apply.groundOf(retour, null, transmission);
    const applicable = checkApplicable(contenu, ground);
    if (!applicable.ok) return this.unlessDone(decision, cloture, applicable);
    const applied = await this.steps.apply.execute({ ...decision, state: 'applied', cloture }, ground);
    return applied.ok ? applied : this.unlessDone(decision, cloture, applied);
  }

  /** La même personne, deux fois à la fois : la seconde trouve sa propre confirmation déjà appliquée. */
  private async unlessDone(
    { id }: Decision,
    { id: compteId }: Signature,
    otherwise: Result<never> | Result<Decision> | Result<void>,
  ): Promise<Result<Decision>> {
    const current = await this.ports.decisions.find(id);
    if (current?.state === 'applied')
      return current.cloture?.id === compteId ? ok(current) : refuse(problems.decisionClosed(current.state));
    return otherwise.ok ? refuse(problems.decisionMoved()) : otherwise;
  }

  private async close(closed: Decision): Promise<Result<Decision>> {
    const retour = await this.ports.retours.find(closed.retourId);
    if (!retour) throw new Error('Décision sans retour');
    const event = closed.state === 'refused' ? 'decision-refused' : 'decision-withdrawn';
    if (await this.ports.decisions.close(closed, decisionAudit(closed, retour, event))) return ok(closed);
    return refuse(problems.decisionMoved());
  }
}

const AFTER = { confirmer: 'applied', refuser: 'refused', retirer: 'withdrawn' } as const;
