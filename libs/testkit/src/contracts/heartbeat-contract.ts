import type { Heartbeat } from '@teletransmission/teletransmission';

/** Un battement à éprouver, et de quoi en attendre ou en donner un. */
export interface HeartbeatParts {
  readonly heartbeat: Heartbeat;
  readonly periodMs: number;
  /** Rend quand tout travail en cours a battu une fois de plus, ou que le temps d'un battement a passé sans qu'il y en ait. */
  readonly nextBeat: () => Promise<void>;
}

/** La suite que passent le battement donné à la main et celui d'une vraie minuterie. */
export function describeHeartbeatContract(name: string, open: () => HeartbeatParts): void {
  describe(`un battement (${name})`, () => {
    /** Un travail qui dure jusqu'à ce qu'on le finisse. */
    const lasting = (): {
      readonly work: () => Promise<string>;
      readonly finish: () => void;
      readonly fail: (error: Error) => void;
    } => {
      let finish: () => void = () => undefined;
      let fail: (error: Error) => void = () => undefined;
      const done = new Promise<string>((resolve, reject) => {
        finish = (): void => {
          resolve('fait');
        };
        fail = reject;
      });
      return { work: (): Promise<string> => done, finish, fail };
    };

    it('se redit tant que le travail dure, et plus une fois fini', async () => {
      const { heartbeat, periodMs, nextBeat } = open();
      let beats = 0;
      const { work, finish } = lasting();
      const ended = heartbeat.during(
        periodMs,
        () => {
          beats += 1;
          return Promise.resolve();
        },
        work,
      );
      await nextBeat();
      await nextBeat();
      expect(beats).toBeGreaterThanOrEqual(2);
      finish();
      expect(await ended).toBe('fait');
      const last = beats;
      await nextBeat();
      expect(beats).toBe(last);
    });

    it('n’attend pas celui d’avant : qui tarde ne cache pas que le temps passe', async () => {
      const { heartbeat, periodMs, nextBeat } = open();
      let beats = 0;
      const { work, finish } = lasting();
      const stuck = new Promise<void>(() => undefined);
      const ended = heartbeat.during(
        periodMs,
        () => {
          beats += 1;
          return stuck;
        },
        work,
      );
      await nextBeat();
      await nextBeat();
      expect(beats).toBeGreaterThanOrEqual(2);
      finish();
      expect(await ended).toBe('fait');
    });

    it('laisse passer l’exception du travail, et s’arrête avec lui', async () => {
      const { heartbeat, periodMs, nextBeat } = open();
      let beats = 0;
      const { work, fail } = lasting();
      const ended = heartbeat.during(
        periodMs,
        () => {
          beats += 1;
          return Promise.resolve();
        },
        work,
      );
      fail(new Error('liaison coupée'));
      await expect(ended).rejects.toThrow('liaison coupée');
      const last = beats;
      await nextBeat();
      expect(beats).toBe(last);
    });
  });
}
