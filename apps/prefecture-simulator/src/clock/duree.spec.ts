import type { Instant } from '@teletransmission/kernel';
import { addDuree, readDuree } from './duree';

const after = (instant: string, texte: string): string => {
  const duree = readDuree(texte);
  if (!duree) throw new Error(`${texte} ne se lit pas.`);
  return addDuree(instant as Instant, duree);
};

describe('avancer d’une durée', () => {
  it.each([
    ['2026-11-24T09:00:00.000Z', 'P2M', '2027-01-24T09:00:00.000Z'],
    ['2026-12-31T10:00:00.000Z', 'P2M', '2027-02-28T10:00:00.000Z'],
    ['2027-12-31T10:00:00.000Z', 'P2M', '2028-02-29T10:00:00.000Z'],
    ['2026-08-15T10:00:00.000Z', 'P3M', '2026-11-15T11:00:00.000Z'],
    ['2027-02-28T10:00:00.000Z', 'P1M', '2027-03-28T09:00:00.000Z'],
    ['2026-10-24T22:30:00.000Z', 'P1M', '2026-11-24T23:30:00.000Z'],
    ['2026-10-24T22:30:00.000Z', 'P1D', '2026-10-25T23:30:00.000Z'],
    ['2026-10-24T22:30:00.000Z', 'PT24H', '2026-10-25T22:30:00.000Z'],
    ['2026-11-24T09:00:00.123Z', 'PT3H', '2026-11-24T12:00:00.123Z'],
    ['2026-11-24T09:00:00.000Z', 'P1Y1W2DT1M1S', '2027-12-03T09:01:01.000Z'],
  ])('%s et %s font %s', (instant, duree, attendu) => {
    expect(after(instant, duree)).toBe(attendu);
  });

  it.each(['', 'P', 'PT', 'P1DT', '2M', 'P-1D', 'P1.5D', 'P2M ', 'P9999999D'])('refuse « %s »', (texte) => {
    expect(readDuree(texte)).toBeUndefined();
  });
});
