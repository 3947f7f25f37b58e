import type { Heartbeat } from '@teletransmission/teletransmission';

/** Des battements que le test donne : aucun ne part de lui-même. */
export class ManualHeartbeat implements Heartbeat {
  private readonly beating = new Set<() => Promise<void>>();

  async during<T>(_periodMs: number, beat: () => Promise<void>, work: () => Promise<T>): Promise<T> {
    this.beating.add(beat);
    try {
      return await work();
    } finally {
      this.beating.delete(beat);
    }
  }

  /** Un battement de tout travail en cours. */
  async beat(): Promise<void> {
    for (const beat of [...this.beating]) await beat();
  }
}
