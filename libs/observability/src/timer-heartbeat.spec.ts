import { describeHeartbeatContract } from '@teletransmission/testkit';
import { TimerHeartbeat } from './timer-heartbeat';

const PERIOD_MS = 1_000;

beforeAll(() => jest.useFakeTimers());
afterAll(() => jest.useRealTimers());

describeHeartbeatContract('par minuterie', () => ({
  heartbeat: new TimerHeartbeat(),
  periodMs: PERIOD_MS,
  nextBeat: () => jest.advanceTimersByTimeAsync(PERIOD_MS),
}));

describe('un battement par minuterie', () => {
  it('qui échoue ne finit pas le processus : le suivant vient à son heure', async () => {
    let beats = 0;
    let finish: () => void = () => undefined;
    const ended = new TimerHeartbeat().during(
      PERIOD_MS,
      () => {
        beats += 1;
        return Promise.reject(new Error('base en panne'));
      },
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    await jest.advanceTimersByTimeAsync(2 * PERIOD_MS);
    expect(beats).toBe(2);
    finish();
    await ended;
  });
});
