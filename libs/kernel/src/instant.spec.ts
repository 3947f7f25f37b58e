import type { Instant } from './instant';
import { addMs, civilDateAt, clockTimeAt, EUROPE_PARIS, instantOf } from './instant';

const at = (text: string): Instant => text as Instant;

describe('civilDateAt', () => {
  it.each([
    ['2022-11-02T23:30:00.000Z', EUROPE_PARIS, '2022-11-03'],
    ['2022-11-02T22:59:59.999Z', EUROPE_PARIS, '2022-11-02'],
    ['2025-12-31T22:59:59.000Z', EUROPE_PARIS, '2025-12-31'],
    ['2025-12-31T23:00:00.000Z', EUROPE_PARIS, '2026-01-01'],
    // Heure d'été : le jour commence à 22 h UTC ; la veille du changement, à 23 h.
    ['2026-03-28T23:00:00.000Z', EUROPE_PARIS, '2026-03-29'],
    ['2026-03-29T21:59:59.000Z', EUROPE_PARIS, '2026-03-29'],
    ['2026-03-29T22:00:00.000Z', EUROPE_PARIS, '2026-03-30'],
    ['2026-10-25T22:59:59.000Z', EUROPE_PARIS, '2026-10-25'],
    ['2026-10-25T23:00:00.000Z', EUROPE_PARIS, '2026-10-26'],
    ['2022-11-02T20:30:00.000Z', 'Indian/Reunion', '2022-11-03'],
    ['2022-11-03T03:30:00.000Z', 'America/Martinique', '2022-11-02'],
    ['2028-02-28T23:30:00.000Z', EUROPE_PARIS, '2028-02-29'],
  ])('%s dans %s est le %s', (instant, zone, day) => {
    expect(civilDateAt(at(instant), zone)).toBe(day);
  });
});

describe('instant', () => {
  it('ajoute des millisecondes et dit l’heure locale', () => {
    expect(addMs(instantOf(0), 1500)).toBe('1970-01-01T00:00:01.500Z');
    expect(clockTimeAt(at('2026-07-01T22:00:05.000Z'), EUROPE_PARIS)).toBe('00:00:05');
  });
});
