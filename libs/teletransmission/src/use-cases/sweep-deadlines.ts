import type { Clock } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import type { OutboxMessage } from '../ports/outbox-message';
import type { TransmissionRepository } from '../ports/transmissions';
import { changeState, turnAfter } from '../transmission/state-change';

export interface SweepReport {
  readonly overdue: number;
  readonly lost: number;
  readonly waiting: readonly OutboxMessage[];
}

export interface SweepTimings {
  readonly settleMs: number;
  /** Ce qu'on laisse à la file pour traiter un travail avant de le tenir pour oublié. */
  readonly forgottenMs: number;
}

const BATCH = 200;

/**
 * Étape 7 : les échéances se lisent en base, jamais dans Redis. Signale les accusés en retard, une fois ; rend incertains les envois
 * dont l'auteur est mort (jamais « à renvoyer ») ; rend la liste de ce qui attend un travail, pour reconstruire les files.
 */
export class SweepDeadlines {
  constructor(
    private readonly transmissions: TransmissionRepository,
    private readonly timings: SweepTimings,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<SweepReport> {
    const overdue = await this.flagOverdue();
    const lost = await this.loseExpiredLeases();
    const now = this.clock.now();
    const waiting = await this.transmissions.findWaiting(now, addMs(now, -this.timings.forgottenMs), BATCH);
    return { overdue, lost, waiting };
  }

  private async flagOverdue(): Promise<number> {
    const now = this.clock.now();
    let count = 0;
    for (const transmission of await this.transmissions.findOverdue(now, BATCH)) {
      const change = changeState(transmission, {
        event: 'ack-deadline-passed',
        at: now,
        actor: { kind: 'horloge' },
        reason: 'Aucun accusé de réception à l’échéance : vérifiez auprès de la préfecture.',
        evidence: { echeance: transmission.ackDueAt },
        patch: { isOverdue: true },
      });
      if (change.ok && (await this.transmissions.record(change.value)).moved) count += 1;
    }
    return count;
  }

  private async loseExpiredLeases(): Promise<number> {
    const now = this.clock.now();
    let count = 0;
    for (const transmission of await this.transmissions.findExpiredLeases(now, BATCH)) {
      const detail = 'L’envoi a été interrompu avant sa réponse : l’archive est peut-être arrivée.';
      const change = changeState(transmission, {
        event: 'envoi-lost',
        at: now,
        actor: { kind: 'horloge' },
        reason: detail,
        evidence: { tour: transmission.turn },
        patch: { stopReason: { code: 'envoi/interrupted', detail } },
        outbox: [
          {
            job: 'reconcile-envoi',
            targetId: transmission.id,
            turn: turnAfter(transmission),
            notBefore: addMs(now, this.timings.settleMs),
          },
        ],
      });
      if (change.ok && (await this.transmissions.record(change.value)).moved) count += 1;
    }
    return count;
  }
}
