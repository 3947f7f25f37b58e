import type { Clock, IdSource, Problem, Result } from '@teletransmission/kernel';
import { isOneOf, ok, refuse } from '@teletransmission/kernel';
import type { Compte } from '../../compte/compte';
import type { ContenuLu, Decision } from '../../decision/decision';
import { needsTwo, saysTheSame } from '../../decision/decision';
import { decisionAudit } from '../../decision/decision-audit';
import type { Ground } from '../../decision/judge-decision';
import { checkApplicable, checkAssertion } from '../../decision/judge-decision';
import type { DecisionId, RetourId } from '../../ids';
import type { DecisionRepository } from '../../ports/actes/decisions';
import type { RetourRepository } from '../../ports/actes/retours';
import { problems } from '../../problems';
import type { Retour } from '../../retour/retour';
import { TRAY_STATES } from '../../vies/retour-transitions';
import { checkMotif } from '../../transmission/motif';
import type { HandleRetour } from '../retours/handle-retour';
import { allowedRetourEvents } from '../retours/handle-retour';
import type { ApplyDecision } from './apply-decision';
import type { DesignatedTarget, FindTarget } from './find-target';

export interface DecideCommand {
  readonly compte: Compte;
  readonly retourId: string;
  readonly target: DesignatedTarget;
  readonly contenu: ContenuLu;
  /** L'empreinte des octets que la personne a regardés. */
  readonly empreinte: string;
  /** Ce qu'elle y lit, recopié. */
  readonly lu: string;
  readonly motif: string;
}

export interface DecideSteps {
  readonly handle: HandleRetour;
  readonly target: FindTarget;
  readonly apply: ApplyDecision;
}

/**
 * Décide d'un retour du bac : une personne l'a lu de ses yeux, dit de quel acte il parle et ce qu'il est. Une date légale attend une seconde
 * personne ; le reste s'applique aussitôt. Redire la même décision ne la double pas.
 */
export class DecideRetour {
  constructor(
    private readonly retours: Pick<RetourRepository, 'find'>,
    private readonly decisions: DecisionRepository,
    private readonly steps: DecideSteps,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /** @returns la décision, proposée ou appliquée ; `decision/invalid` avec toutes les fautes, `decision/not-applicable` avec quoi faire. */
  async execute(command: DecideCommand): Promise<Result<Decision>> {
    const { compte, contenu } = command;
    const consulted = await this.steps.handle.consult(compte, command.retourId, 'traiter-retour');
    if (!consulted.ok) return consulted;
    const target = await this.steps.target.execute(compte, command.target, contenu);
    if (!target.ok) return target;
    const retour = await this.retours.find(consulted.value.id as RetourId);
    if (!retour) return refuse(problems.unknownRetour(command.retourId));
    const ground = await this.steps.apply.groundOf(retour, consulted.value.collectiviteId, target.value);
    const motif = checkMotif(command.motif);
    const asserted = checkAssertion(command, ground);
    if (!motif.ok || !asserted.ok) return refuse(allFaults(motif, asserted));
    const decision = this.bear(command, ground, motif.value);
    const same = await this.sameAs(decision, retour);
    if (same) return same;
    const applicable = checkApplicable(contenu, ground);
    if (!applicable.ok) return applicable;
    return needsTwo(contenu.nature)
      ? this.propose(decision, retour)
      : this.steps.apply.execute(decision, ground);
  }

  private bear({ compte, contenu, lu }: DecideCommand, ground: Ground, motif: string): Decision {
    const { retour, transmission } = ground;
    return {
      id: this.ids.next() as DecisionId,
      retourId: retour.id,
      retourState: retour.state,
      lecture: retour.lecture,
      transmissionId: transmission.id,
      collectiviteId: transmission.collectiviteId,
      deliberationId: transmission.deliberationId,
      contenu,
      lu: lu.trim(),
      auteur: { id: compte.id, nom: compte.nom, le: this.clock.now(), motif },
      state: needsTwo(contenu.nature) ? 'proposed' : 'applied',
      cloture: null,
    };
  }

  /** La même décision, déjà prise par la même personne ; ou pourquoi on n'en prend pas une autre. `null` : la voie est libre. */
  private async sameAs(decision: Decision, retour: Retour): Promise<Result<Decision> | null> {
    const isOwn = (known: Decision): boolean =>
      known.auteur.id === decision.auteur.id && saysTheSame(known, decision);
    const proposed = await this.decisions.findProposed(retour.id);
    if (proposed)
      return isOwn(proposed)
        ? ok(proposed)
        : refuse(problems.decisionPending(proposed.auteur.nom, proposed.id));
    if (isOneOf(TRAY_STATES, retour.state)) return null;
    const criteria = { retourId: retour.id, etat: 'applied', collectiviteId: null } as const;
    const [applied] = (await this.decisions.list(criteria, null, 1)).items;
    return applied && isOwn(applied)
      ? ok(applied)
      : refuse(problems.retourEventRefused(retour.state, allowedRetourEvents(retour.state)));
  }

  private async propose(decision: Decision, retour: Retour): Promise<Result<Decision>> {
    const audit = decisionAudit(decision, retour, 'decision-proposed');
    return (await this.decisions.propose(decision, retour, audit))
      ? ok(decision)
      : refuse(problems.decisionMoved());
  }
}

function allFaults(motif: Result<string>, asserted: Result<void>): Problem {
  if (asserted.ok) return motif.ok ? problems.decisionMoved() : motif.problem;
  if (motif.ok) return asserted.problem;
  const { violations = [] } = motif.problem;
  return problems.invalidDecision([...violations, ...(asserted.problem.violations ?? [])]);
}
