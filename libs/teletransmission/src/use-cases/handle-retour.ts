import type { Clock, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { AuditEntry } from '../audit/audit-entry';
import type { Compte } from '../compte/compte';
import type { Action } from '../compte/permissions';
import { authorize } from '../compte/permissions';
import type { RetourId, TransmissionId } from '../ids';
import { isUuid } from '../ids';
import type { Page } from '../ports/readings';
import type { RetourRepository } from '../ports/retours';
import type { TransmissionRepository } from '../ports/transmissions';
import type { TrayReadings, TrayRetour } from '../ports/tray';
import { problems } from '../problems';
import type { RetourEvent, RetourState, RetourTable } from '../retour/transitions';
import { RETOUR_EVENTS, RETOUR_TRANSITIONS } from '../retour/transitions';
import { checkMotif } from '../transmission/motif';
import type { Transmission } from '../transmission/transmission';

/** Ce qu'une personne décide d'un retour du bac. */
export type Handling =
  | { readonly kind: 'relire' }
  | { readonly kind: 'mettre-de-cote' }
  | { readonly kind: 'rattacher'; readonly transmissionId: TransmissionId };

export interface HandleCommand {
  readonly compte: Compte;
  readonly id: string;
  readonly handling: Handling;
  readonly motif: string;
}

/**
 * Le bac, à la main : lire un retour, le faire relire, le rattacher à un acte, le mettre de côté. Toujours avec un motif ; ce qui est
 * rattaché passe ensuite par la même politique que le reste.
 */
export class HandleRetour {
  constructor(
    private readonly retours: RetourRepository,
    private readonly tray: TrayReadings,
    private readonly transmissions: TransmissionRepository,
    private readonly clock: Clock,
  ) {}

  /** Un retour. Celui d'une autre collectivité, ou d'aucune, n'existe pas pour un compte de collectivité. */
  async consult(compte: Compte, id: string, action: Action = 'lire-retours'): Promise<Result<TrayRetour>> {
    const found = isUuid(id) ? await this.tray.find(id as RetourId) : null;
    const allowed = authorize(compte, action, found ? found.collectiviteId : compte.collectiviteId);
    if (!allowed.ok && allowed.problem.code !== 'compte/other-collectivite') return allowed;
    return found && allowed.ok ? ok(found) : refuse(problems.unknownRetour(id));
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
    const moved = await this.move(command, consulted.value, motif.value, target.value);
    return moved.ok ? this.consult(compte, id, 'traiter-retour') : moved;
  }

  private async targetOf(compte: Compte, handling: Handling): Promise<Result<Transmission | null>> {
    if (handling.kind !== 'rattacher') return ok(null);
    const target = await this.transmissions.find(handling.transmissionId);
    if (!target) return refuse(problems.unknownTransmission(handling.transmissionId));
    const allowed = authorize(compte, 'traiter-retour', target.collectiviteId);
    return allowed.ok ? ok(target) : allowed;
  }

  private async move(
    { compte, handling }: HandleCommand,
    seen: TrayRetour,
    motif: string,
    target: Transmission | null,
  ): Promise<Result<void>> {
    const retour = await this.retours.find(seen.id as RetourId);
    if (!retour) return refuse(problems.unknownRetour(seen.id));
    const event = handling.kind === 'mettre-de-cote' ? 'retour-set-aside' : 'retour-read-again';
    const row: RetourTable[RetourState] = RETOUR_TRANSITIONS[retour.state];
    const to = row[event];
    // Un retour déjà rattaché de lui-même ne change pas d'acte : il se relit, ou se met de côté.
    const isAttachable = handling.kind !== 'rattacher' || retour.state === 'unmatched';
    if (to === undefined || !isAttachable)
      return refuse(problems.retourEventRefused(retour.state, allowedEvents(retour.state)));
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
}

function allowedEvents(state: RetourState): readonly RetourEvent[] {
  const row: RetourTable[RetourState] = RETOUR_TRANSITIONS[state];
  return RETOUR_EVENTS.filter((event) => row[event] !== undefined);
}
