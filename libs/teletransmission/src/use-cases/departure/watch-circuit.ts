import type { Clock } from '@teletransmission/kernel';
import type { Guichet } from '../../liaison/guichet';
import { guichetKey } from '../../liaison/guichet';
import type { CircuitWatch } from '../../ports/liaison/circuit-watch';
import type { CircuitChange, PrefectureRepository } from '../../ports/liaison/prefectures';
import { prefectureAudit } from '../../prefecture/audit';
import type { Circuit, CircuitNews, CircuitPolicy } from '../../prefecture/circuit';
import { circuitAfter } from '../../prefecture/circuit';

/**
 * Tient le disjoncteur de chaque préfecture d'après ce que les échanges apprennent. L'ouverture et la fermeture sont au journal, pas les
 * sondes ; la fermeture réveille les actes qui attendaient.
 */
export class WatchCircuit implements CircuitWatch {
  constructor(
    private readonly prefectures: PrefectureRepository,
    private readonly policy: CircuitPolicy,
    private readonly clock: Clock,
  ) {}

  async report(guichet: Guichet, news: CircuitNews): Promise<void> {
    const at = this.clock.now();
    await this.prefectures.changeCircuit(guichet, at, (circuit) => {
      const next = circuitAfter(circuit, news, at, this.policy, guichetKey(guichet));
      return next === circuit ? null : this.changeOf(circuit, next, guichet, at);
    });
  }

  private changeOf(
    before: Circuit,
    circuit: Circuit,
    guichet: Guichet,
    at: ReturnType<Clock['now']>,
  ): CircuitChange {
    const actor = { kind: 'service' } as const;
    if (before.state === 'closed' && circuit.state === 'open') {
      const preuve = { code: circuit.code, echecs: circuit.failed.length, prochaineSonde: circuit.probeAt };
      const audit = prefectureAudit(guichet, 'circuit-opened', at, actor, circuit.detail, preuve);
      return { circuit, audit, wakes: false };
    }
    if (before.state !== 'closed' && circuit.state === 'closed') {
      const preuve = { ouvertures: before.openings, code: before.code };
      const audit = prefectureAudit(guichet, 'circuit-closed', at, actor, null, preuve);
      return { circuit, audit, wakes: true };
    }
    return { circuit, audit: null, wakes: false };
  }
}
