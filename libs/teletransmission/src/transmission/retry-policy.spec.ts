import type { Instant } from '@teletransmission/kernel';
import { epochMsOf } from '@teletransmission/kernel';
import { nextTurnAt, RETRY_POLICY } from './retry-policy';

const NOW = '2022-11-02T09:00:00.000Z' as Instant;

function delayOf(turn: number, key = 'acte'): number {
  const at = nextTurnAt(RETRY_POLICY, turn, NOW, key);
  if (at === null) throw new Error('tours épuisés');
  return epochMsOf(at) - epochMsOf(NOW);
}

describe('la politique de nouvel envoi', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 20, 59])(
    'au tour %i, le délai reste à ±25 %% du doublement plafonné',
    (turn) => {
      const nominal = Math.min(30_000 * 2 ** (turn - 1), 3_600_000);
      expect(delayOf(turn)).toBeGreaterThanOrEqual(nominal * 0.75);
      expect(delayOf(turn)).toBeLessThanOrEqual(nominal * 1.25);
    },
  );

  it('écarte deux actes refusés à la même seconde', () => {
    expect(delayOf(3, 'un')).not.toBe(delayOf(3, 'deux'));
  });

  it('donne toujours la même date pour le même acte et le même tour', () => {
    expect(delayOf(4)).toBe(delayOf(4));
  });

  it('s’arrête quand les tours sont épuisés', () => {
    expect(nextTurnAt(RETRY_POLICY, RETRY_POLICY.maxTurns, NOW, 'acte')).toBeNull();
  });

  it('traverse un week-end de panne', () => {
    let elapsed = 0;
    for (let turn = 1; turn < RETRY_POLICY.maxTurns; turn += 1) elapsed += delayOf(turn);
    expect(elapsed).toBeGreaterThan(36 * 3_600_000);
  });
});
