import type { Clock } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import type { OutboxMessage } from '../../travaux/outbox-message';
import type { TransmissionRepository } from '../../ports/actes/transmissions';
import { changeState } from '../../transmission/state-change';
import { turnAfter } from '../../transmission/turn-after';

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
/** Ce qui attend au-delà se lit au balayage suivant, où celui-ci s'est arrêté : une file perdue entière ne retient pas les échéances. */
const PAGES_PER_SWEEP = 50;

/**
 * Étape 7 : les échéances se lisent en base, jamais dans Redis. Signale les accusés en retard, une fois ; rend incertains les envois
 * dont l'auteur est mort (jamais « à renvoyer ») ; rend la liste de ce qui attend un travail, pour reconstruire les files.
 */
export class SweepDeadlines {
  /** Où reprendre la lecture de ce qui attend ; `null` : au plus ancien. */
  private readUntil: string | null = null;

  constructor(
    private readonly transmissions: TransmissionRepository,
    private readonly timings: SweepTimings,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<SweepReport> {
    const overdue = await this.inBatches(() => this.flagOverdue());
    const lost = await this.inBatches(() => this.loseExpiredLeases());
    return { overdue, lost, waiting: await this.findWaiting() };
  }

  /** Page après page : deux cents actes qu'une file tient encore n'en cachent pas un qu'elle a oublié. */
  private async findWaiting(): Promise<readonly OutboxMessage[]> {
    const now = this.clock.now();
    const before = addMs(now, -this.timings.forgottenMs);
    const waiting: OutboxMessage[] = [];
    for (let page = 0; page < PAGES_PER_SWEEP; page += 1) {
      const { items, next } = await this.transmissions.findWaiting(now, before, this.readUntil, BATCH);
      waiting.push(...items);
      this.readUntil = next;
      if (next === null) break;
    }
    return waiting;
  }

  /** Lot après lot, tant qu'un lot plein avance : dix mille retards se signalent dans le même balayage. */
  private async inBatches(
    sweepBatch: () => Promise<{ readonly found: number; readonly moved: number }>,
  ): Promise<number> {
    for (let count = 0; ;) {
      const { found, moved } = await sweepBatch();
      count += moved;
      if (found < BATCH || moved === 0) return count;
    }
  }

  private async flagOverdue(): Promise<{ readonly found: number; readonly moved: number }> {
    const now = this.clock.now();
    let moved = 0;
    const overdue = await this.transmissions.findOverdue(now, BATCH);
    for (const transmission of overdue) {
      const change = changeState(transmission, {
        event: 'ack-deadline-passed',
        at: now,
        actor: { kind: 'horloge' },
        reason: 'Aucun accusé de réception à l’échéance : vérifiez auprès de la préfecture.',
        evidence: { echeance: transmission.ackDueAt },
        patch: { isOverdue: true },
      });
      if (change.ok && (await this.transmissions.record(change.value)).moved) moved += 1;
    }
    return { found: overdue.length, moved };
  }

  private async loseExpiredLeases(): Promise<{ readonly found: number; readonly moved: number }> {
    const now = this.clock.now();
    let moved = 0;
    const expired = await this.transmissions.findExpiredLeases(now, BATCH);
    for (const transmission of expired) {
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
      if (change.ok && (await this.transmissions.record(change.value)).moved) moved += 1;
    }
    return { found: expired.length, moved };
  }
}
