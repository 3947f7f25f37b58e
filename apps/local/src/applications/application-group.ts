import { applicationFailure, launchApplication, waitUntilApplicationReady } from './application';
import type { ApplicationPlan, RunningApplication } from './application';
import type { LaunchFailure } from '../launch-failure';
import type { Patience } from '../patience';

/** Les applications d'une instance, sous un seul parent. */
export class ApplicationGroup {
  private readonly running: RunningApplication[] = [];
  private isStopping = false;

  /**
   * `stopOrder` : des groupes de noms, arrêtés l'un après l'autre, ensemble dans un groupe.
   * `onUnexpectedEnd` est appelé, une fois, quand une application meurt sans qu'on l'ait demandé.
   */
  constructor(
    private readonly journals: string,
    private readonly stopOrder: readonly (readonly string[])[],
    private readonly onUnexpectedEnd: (failure: LaunchFailure) => void,
    private readonly patience: Partial<Patience> = {},
  ) {}

  /** Lance tout à la fois et attend que chacune réponde. Échoue à la première qui ne répond pas ; `stop` reste à appeler. */
  async start(plans: readonly ApplicationPlan[], signal: AbortSignal): Promise<void> {
    for (const plan of plans) {
      this.running.push(launchApplication(plan, this.journals));
    }
    await this.waitUntilAllReady(signal);
    for (const one of this.running) void this.watch(one);
  }

  /** Arrête tout, dans l'ordre donné ; ce que l'ordre ne nomme pas s'arrête en dernier. */
  async stop(): Promise<void> {
    this.isStopping = true;
    const named = this.stopOrder.flat();
    const others = this.running.map(({ plan }) => plan.name).filter((name) => !named.includes(name));
    for (const names of [...this.stopOrder, others]) {
      await Promise.all(
        this.running.filter(({ plan }) => names.includes(plan.name)).map((one) => one.stop()),
      );
    }
  }

  killAll(): void {
    this.isStopping = true;
    for (const one of this.running) one.kill('SIGKILL');
  }

  private async waitUntilAllReady(signal: AbortSignal): Promise<void> {
    const others = new AbortController();
    const either = AbortSignal.any([signal, others.signal]);
    try {
      await Promise.all(
        this.running.map((one) => waitUntilApplicationReady(one, this.journals, either, this.patience)),
      );
    } catch (error) {
      // Une seule suffit à échouer : on n'interroge plus les autres.
      others.abort();
      throw error;
    }
  }

  private async watch(one: RunningApplication): Promise<void> {
    const end = await one.ended;
    if (this.isStopping) return;
    this.isStopping = true;
    this.onUnexpectedEnd(
      applicationFailure(one.plan, `s'est arrêté sans qu'on le demande (${end})`, this.journals),
    );
  }
}
