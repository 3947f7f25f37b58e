import type { Heartbeat } from '@teletransmission/teletransmission';

/** Des battements par minuterie. */
export class TimerHeartbeat implements Heartbeat {
  async during<T>(periodMs: number, beat: () => Promise<void>, work: () => Promise<T>): Promise<T> {
    const timer = setInterval(() => {
      // Un battement dit lui-même ce que vaut son échec : il ne doit pas finir le processus.
      beat().catch(() => undefined);
    }, periodMs);
    try {
      return await work();
    } finally {
      clearInterval(timer);
    }
  }
}
