import type { Clock, IdSource, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Compte } from '../../compte/compte';
import type { TransmissionId } from '../../ids';
import type { TransmissionRepository } from '../../ports/actes/transmissions';
import { problems } from '../../problems';
import { bearTransmission } from '../../transmission/new-transmission';
import { checkMotif } from '../../transmission/motif';
import { changeState } from '../../transmission/state-change';
import type { TransmissionState } from '../../vies/transmission-transitions';
import { visibleTransmission } from './visible-transmission';

export interface AnnulationCommand {
  readonly compte: Compte;
  readonly transmissionId: TransmissionId;
  readonly motif: string;
}

/**
 * Demande l'annulation d'un acte acquitté (flux 6-1). L'acte attend, l'annulation naît et se met en file dans la même transaction ;
 * elle part sous sa propre enveloppe, et l'accusé 6-2 annulera l'acte.
 */
export class RequestAnnulation {
  constructor(
    private readonly transmissions: TransmissionRepository,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /** @returns l'état d'arrivée de l'acte, ou le refus avec les événements admis. */
  async execute(command: AnnulationCommand): Promise<Result<TransmissionState>> {
    const { compte, transmissionId } = command;
    const visible = await visibleTransmission(
      this.transmissions,
      compte,
      'annuler-transmission',
      transmissionId,
    );
    if (!visible.ok) return visible;
    const acte = visible.value;
    const motif = checkMotif(command.motif);
    if (!motif.ok) return motif;
    const at = this.clock.now();
    const actor = { kind: 'compte', id: command.compte.id, nom: command.compte.nom } as const;
    const { deliberationId, collectiviteId, identifiantActe } = acte;
    const id = this.ids.next() as TransmissionId;
    const { outbox, ...annulation } = bearTransmission(
      { id, deliberationId, collectiviteId, identifiantActe, flux: '6-1', since: at },
      { acteur: actor, motif: motif.value, preuve: { flux: '6-1', identifiantActe } },
    );
    const change = changeState(acte, {
      event: 'annulation-requested',
      at,
      actor,
      reason: motif.value,
      evidence: { annulation: id },
      effects: [{ kind: 'create-transmission', ...annulation }],
      outbox: [outbox],
    });
    if (!change.ok) return change;
    const recorded = await this.transmissions.record(change.value);
    if (recorded.moved) return ok(change.value.to);
    const current = await this.transmissions.find(acte.id);
    return refuse(problems.movedMeanwhile(current?.state ?? 'inconnu'));
  }
}
