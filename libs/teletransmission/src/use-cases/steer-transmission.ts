import type { Clock, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Compte } from '../compte/compte';
import type { Action } from '../compte/permissions';
import { authorize } from '../compte/permissions';
import type { TransmissionId } from '../ids';
import type { TransmissionPatch, TransmissionRepository } from '../ports/transmissions';
import type { OutboxMessage } from '../ports/outbox-message';
import { problems } from '../problems';
import { changeState, turnAfter } from '../transmission/state-change';
import type { Transmission } from '../transmission/transmission';
import type { TransmissionState } from '../transmission/transitions';

/** Ce qu'une personne peut décider d'une transmission, et l'action qu'il faut avoir le droit de faire. */
const STEERINGS = {
  'put-on-hold': 'retenir-transmission',
  resubmitted: 'reprendre-transmission',
  withdrawn: 'retirer-transmission',
} as const satisfies Record<string, Action>;

export type Steering = keyof typeof STEERINGS;

export interface SteerCommand {
  readonly compte: Compte;
  readonly transmissionId: TransmissionId;
  readonly steering: Steering;
  readonly motif: string;
}

/** Retenir, remettre en file ou retirer : une décision humaine, avec son motif, par la table comme tout le reste. */
export class SteerTransmission {
  constructor(
    private readonly transmissions: TransmissionRepository,
    private readonly clock: Clock,
  ) {}

  /** @returns l'état d'arrivée, ou le refus avec les événements admis. */
  async execute(command: SteerCommand): Promise<Result<TransmissionState>> {
    const transmission = await this.transmissions.find(command.transmissionId);
    if (!transmission) return refuse(problems.unknownTransmission(command.transmissionId));
    const allowed = authorize(command.compte, STEERINGS[command.steering], transmission.collectiviteId);
    if (!allowed.ok) return allowed;
    const motif = command.motif.trim();
    if (motif.length < 3 || motif.length > 500) return refuse(problems.reasonMissing());
    const change = changeState(transmission, {
      event: command.steering,
      at: this.clock.now(),
      actor: { kind: 'compte', id: command.compte.id, nom: command.compte.nom },
      reason: motif,
      ...consequenceOf(command.steering, transmission, motif),
    });
    if (!change.ok) return change;
    const recorded = await this.transmissions.record(change.value);
    if (recorded.moved) return ok(change.value.to);
    const current = await this.transmissions.find(transmission.id);
    return refuse(problems.movedMeanwhile(current?.state ?? 'inconnu'));
  }
}

function consequenceOf(
  steering: Steering,
  transmission: Transmission,
  motif: string,
): { readonly patch: TransmissionPatch; readonly outbox?: readonly OutboxMessage[] } {
  if (steering === 'put-on-hold')
    return { patch: { stopReason: { code: 'operateur/on-hold', detail: motif }, nextTurnAt: null } };
  if (steering === 'withdrawn') return { patch: { nextTurnAt: null } };
  return {
    // Un cycle neuf : l'enveloppe aura un numéro neuf, l'ancienne garde le sien pour toujours.
    patch: {
      cycle: transmission.cycle + 1,
      turn: 0,
      enveloppeId: null,
      stopReason: null,
      nextTurnAt: null,
      ackDueAt: null,
      isOverdue: false,
      teletransmiseLe: null,
    },
    outbox: [
      { job: 'seal-enveloppe', targetId: transmission.id, turn: turnAfter(transmission), notBefore: null },
    ],
  };
}
