import type { Instant } from '@teletransmission/kernel';
import { civilDay, compactDay, isCompactDay } from './civil-day';

describe('civilDay', () => {
  it.each([
    ['2025-12-31T22:59:59.999Z', '2025-12-31'],
    ['2025-12-31T23:00:00.000Z', '2026-01-01'],
    ['2026-03-29T21:59:59.000Z', '2026-03-29'],
    ['2026-03-29T22:00:00.000Z', '2026-03-30'],
    ['2026-10-25T22:59:59.000Z', '2026-10-25'],
    ['2028-02-28T23:30:00.000Z', '2028-02-29'],
  ])('à %s, on est le %s à Paris', (instant, jour) => {
    expect(civilDay(instant as Instant)).toBe(jour);
  });
});

describe('les jours sans séparateur', () => {
  it('gardent l’année du jour, même quand la semaine est de l’autre année', () => {
    expect(compactDay('2024-12-30')).toBe('20241230');
    expect(compactDay('2027-01-01')).toBe('20270101');
  });

  it.each([
    ['20240229', true],
    ['20230229', false],
    ['20261301', false],
    ['20260431', false],
    ['2026043', false],
  ])('%s existe : %s', (texte, existe) => {
    expect(isCompactDay(texte)).toBe(existe);
  });
});
