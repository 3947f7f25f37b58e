import type { Instant } from '@teletransmission/kernel';
import { DEPARTURE_WAIT_CODES } from '../prefecture/departure-wait';
import { nextStepOf } from './next-step';
import type { TransmissionState } from './transitions';

const AT = '2026-11-24T18:00:00.000Z' as Instant;
const step = (state: TransmissionState, code: string | null): ReturnType<typeof nextStepOf> =>
  nextStepOf({
    state,
    nextTurnAt: AT,
    ackDueAt: null,
    stopReason: code === null ? null : { code, detail: 'Raison.' },
  });

describe('l’étape qui suit', () => {
  it.each(DEPARTURE_WAIT_CODES)(
    'd’un acte que retient « %s » est au service, et dit ce qu’il attend',
    (code) => {
      const { who, texte } = step('sealed', code);
      expect(who).toBe('service');
      expect(texte).not.toBe(step('sealed', null).texte);
    },
  );

  it.each(['prefecture/paused', 'prefecture/circuit-open'])('sous « %s », ne promet aucune date', (code) => {
    expect(step('sealed', code).at).toBeNull();
  });

  it.each([
    'prefecture/closed',
    'prefecture/interrupted',
    'prefecture/budget-spent',
    'prefecture/unreachable',
  ])('sous « %s », donne celle du départ', (code) => {
    expect(step('sealed', code).at).toBe(AT);
  });

  it('hors de l’enveloppe, ne tient pas compte d’une attente passée', () => {
    expect(step('uncertain', 'prefecture/paused')).toEqual(step('uncertain', null));
  });
});
