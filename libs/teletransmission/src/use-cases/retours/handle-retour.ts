import type { Clock, Problem, Result } from '@teletransmission/kernel';
import { isOneOf, ok, refuse } from '@teletransmission/kernel';
import type { AuditEntry } from '../../audit/audit-entry';
import type { Compte } from '../../compte/compte';
import { authorizeOn } from '../../compte/authorize-on';
import type { Action } from '../../compte/permissions';
import { authorize } from '../../compte/permissions';
import { FLUX_LETTRES } from '../../correspondance/correspondance';
import type { RetourId, TransmissionId } from '../../ids';
import { isUuid } from '../../ids';
import type { DecisionRepository } from '../../ports/actes/decisions';
import type { RetourRepository } from '../../ports/actes/retours';
import type { TransmissionRepository } from '../../ports/actes/transmissions';
import type { TrayReadings, TrayRetour } from '../../ports/lectures/tray';
import { problems } from '../../problems';
import { STATE_WORDS } from '../../state-words.fr';
import type { RetourEvent, RetourState } from '../../vies/retour-transitions';
import { RETOUR_EVENTS, RETOUR_TRANSITIONS } from '../../vies/retour-transitions';
import { checkMotif } from '../../transmission/motif';
import type { Transmission } from '../../transmission/transmission';
import type { Page } from '../../pagination/page';
import { SETTLED_STATES } from '../../vies/transmission-transitions';
import { eventsFrom, nextState } from '../../vies/life';
import { visibleTransmission } from '../departure/visible-transmission';

/** Ce qu'une personne décide d'un retour du bac. */
export type Handling =
  | { readonly kind: 'relire' }
  | { readonly kind: 'mettre-de-cote' }
  | { readonly kind: 'reprendre' }
  | { readonly kind: 'rattacher'; readonly transmissionId: TransmissionId };

export interface HandleCommand {
  readonly compte: Compte;
  readonly id: string;
  readonly handling: Handling;
  readonly motif: string;
}

const EVENT_OF: Readonly<Record<Handling['kind'], RetourEvent>> = {
  relire: 'retour-read-again',
  rattacher: 'retour-read-again',
  'mettre-de-cote': 'retour-set-aside',
  reprendre: 'retour-taken-up',
};

/**
 * Le bac, à la main : lire un retour, le faire relire, le rattacher à un acte, le mettre de côté, l'en reprendre. Toujours avec un motif ;
 * ce qui est rattaché ou repris passe ensuite par la même politique que le reste. Ce qui ne se lit que des yeux se décide (`DecideRetour`).
 */
export class HandleRetour {
  constructor(
    private readonly retours: RetourRepository,
    private readonly tray: TrayReadings,
    private readonly transmissions: TransmissionRepository,
    private readonly decisions: Pick<DecisionRepository, 'findProposed'>,
    private readonly clock: Clock,
  ) {}

  /** Un retour. Celui d'une autre collectivité, ou d'aucune, n'existe pas pour un compte de collectivité. */
  async consult(compte: Compte, id: string, action: Action = 'lire-retours'): Promise<Result<TrayRetour>> {
    const found = isUuid(id) ? await this.tray.find(id as RetourId) : null;
    return authorizeOn(compte, action, {
      found,
      ownerOf: ({ collectiviteId }) => collectiviteId,
      unknown: problems.unknownRetour(id),
    });
  }

  /** Les retours que ce compte peut voir. */
  async list(
    compte: Compte,
    etat: RetourState | null,
    after: string | null,
    limit: number,
  ): Promise<Result<Page<TrayRetour>>> {
    const allowed = authorize(compte, 'lire-retours', compte.collectiviteId);
    if (!allowed.ok) return allowed;
    const criteria = { collectiviteId: compte.collectiviteId, ...(etat ? { etat } : {}) };
    return ok(await this.tray.list(criteria, after, limit));
  }

  /** @returns le retour après la décision, ou `retour/event-refused` quand son état ne l'admet pas. */
  async execute(command: HandleCommand): Promise<Result<TrayRetour>> {
    const { compte, id, handling } = command;
    const consulted = await this.consult(compte, id, 'traiter-retour');
    if (!consulted.ok) return consulted;
    const motif = checkMotif(command.motif);
    if (!motif.ok) return motif;
    const target = await this.targetOf(compte, handling);
    if (!target.ok) return target;
    if (consulted.value.isDecisionPending) return refuse(await this.pendingOn(consulted.value));
    const moved = await this.move(command, consulted.value, motif.value, target.value);
    return moved.ok ? this.consult(compte, id, 'traiter-retour') : moved;
  }

  private async pendingOn({ id }: TrayRetour): Promise<Problem> {
    const proposed = await this.decisions.findProposed(id as RetourId);
    return proposed
      ? problems.decisionPending(proposed.auteur.nom, proposed.id)
      : problems.retourMovedMeanwhile();
  }

  private async targetOf(compte: Compte, handling: Handling): Promise<Result<Transmission | null>> {
    if (handling.kind !== 'rattacher') return ok(null);
    return visibleTransmission(this.transmissions, compte, 'traiter-retour', handling.transmissionId);
  }

  private async move(
    { compte, handling }: HandleCommand,
    seen: TrayRetour,
    motif: string,
    target: Transmission | null,
  ): Promise<Result<void>> {
    const retour = await this.retours.find(seen.id as RetourId);
    if (!retour) return refuse(problems.unknownRetour(seen.id));
    const event = EVENT_OF[handling.kind];
    const to = nextState<RetourState, RetourEvent>(RETOUR_TRANSITIONS, retour.state, event);
    // Un retour déjà rattaché de lui-même ne change pas d'acte : il se relit, ou se met de côté.
    const isAttachable = handling.kind !== 'rattacher' || retour.state === 'unmatched';
    if (to === undefined || !isAttachable)
      return refuse(problems.retourEventRefused(retour.state, allowedRetourEvents(retour.state)));
    if (handling.kind === 'reprendre') {
      const settled = await this.settledActe(seen);
      if (settled) return refuse(problems.actSettled(STATE_WORDS.transmission(settled.state)));
    }
    const turn = retour.lecture + 1;
    const audit: AuditEntry = {
      collectiviteId: target?.collectiviteId ?? seen.collectiviteId,
      deliberationId: target?.deliberationId ?? null,
      sujet: 'retour',
      sujetId: retour.id,
      evenement: event,
      etatAvant: retour.state,
      etatApres: to,
      instant: this.clock.now(),
      acteur: { kind: 'compte', id: compte.id, nom: compte.nom },
      motif,
      preuve: {
        retour: retour.nom,
        empreinteRetour: retour.empreinte,
        ...(target ? { rattacheA: target.id, identifiantActe: target.identifiantActe } : {}),
      },
    };
    const moved = await this.retours.handle({
      retour,
      to,
      rattacheA: target?.id ?? retour.rattacheA,
      audit,
      outbox: to === 'received' ? { job: 'apply-retour', targetId: retour.id, turn, notBefore: null } : null,
    });
    return moved ? ok(undefined) : refuse(problems.retourMovedMeanwhile());
  }

  /** La transmission de ce retour, quand elle n'attend plus de réponse. Une lettre, elle, se joint à un acte dans tout état. */
  private async settledActe({ transmissionId, flux }: TrayRetour): Promise<Transmission | null> {
    if (transmissionId === null || (flux !== null && isOneOf(FLUX_LETTRES, flux))) return null;
    const transmission = await this.transmissions.find(transmissionId);
    return transmission && isOneOf(SETTLED_STATES, transmission.state) ? transmission : null;
  }
}

/** Ce que l'état d'un retour admet, dans l'ordre de la liste des événements. */
export function allowedRetourEvents(state: RetourState): readonly RetourEvent[] {
  return eventsFrom<RetourState, RetourEvent>(RETOUR_TRANSITIONS, state, RETOUR_EVENTS);
}
