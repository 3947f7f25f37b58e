import type { Clock, Instant, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Compte } from '../../compte/compte';
import type { Action } from '../../compte/permissions';
import type { TransmissionId } from '../../ids';
import type { TransmissionRepository } from '../../ports/actes/transmissions';
import type { OutboxMessage } from '../../travaux/outbox-message';
import { NUMBER_BURNT } from '../../liaison/problems';
import { problems } from '../../problems';
import { checkMotif } from '../../transmission/motif';
import { resubmission } from '../../transmission/resubmission';
import { changeState } from '../../transmission/state-change';
import type { Transmission } from '../../transmission/transmission';
import type { TransmissionState } from '../../vies/transmission-transitions';
import type { StateChange, TransmissionPatch } from '../../transmission/change';
import { visibleTransmission } from './visible-transmission';

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
    const { compte, transmissionId } = command;
    const visible = await visibleTransmission(
      this.transmissions,
      compte,
      STEERINGS[command.steering],
      transmissionId,
    );
    if (!visible.ok) return visible;
    const acte = visible.value;
    const motif = checkMotif(command.motif);
    if (!motif.ok) return motif;
    const changes = await this.changesOf(command, acte, motif.value);
    if (!changes.ok) return changes;
    if (await this.transmissions.recordTogether(changes.value)) {
      return ok(changes.value.find((change) => change.transmission.id === acte.id)?.to ?? acte.state);
    }
    const current = await this.transmissions.find(acte.id);
    return refuse(problems.movedMeanwhile(current?.state ?? 'inconnu'));
  }

  /** Tant qu'une annulation est en cours, c'est d'elle qu'on décide ; la retirer rend l'acte à son accusé. */
  private async changesOf(
    command: SteerCommand,
    acte: Transmission,
    motif: string,
  ): Promise<Result<readonly StateChange[]>> {
    const annulation =
      acte.state === 'cancelling' && acte.identifiantActe !== null
        ? await this.transmissions.findByIdentifiant(acte.identifiantActe, '6-1')
        : null;
    const target = annulation ?? acte;
    if (command.steering === 'resubmitted' && target.stopReason?.code === NUMBER_BURNT)
      return refuse(problems.numberBurnt(target.stopReason.detail));
    const at = this.clock.now();
    const actor = { kind: 'compte', id: command.compte.id, nom: command.compte.nom } as const;
    const consequence = consequenceOf(command.steering, target, motif, at);
    const change = changeState(target, { event: command.steering, at, actor, reason: motif, ...consequence });
    if (!change.ok) return change;
    if (!annulation || command.steering !== 'withdrawn') return ok([change.value]);
    const onActe = changeState(acte, { event: 'annulation-refused', at, actor, reason: motif });
    return onActe.ok ? ok([change.value, onActe.value]) : onActe;
  }
}

function consequenceOf(
  steering: Steering,
  transmission: Transmission,
  motif: string,
  at: Instant,
): { readonly patch: TransmissionPatch; readonly outbox?: readonly OutboxMessage[] } {
  if (steering === 'put-on-hold')
    return { patch: { stopReason: { code: 'operateur/on-hold', detail: motif }, nextTurnAt: null } };
  if (steering === 'withdrawn') return { patch: { nextTurnAt: null } };
  return resubmission(transmission, at);
}
