import { DEPARTEMENTS } from '@teletransmission/actes';
import type { Instant } from '@teletransmission/kernel';
import { clockTimeAt } from '@teletransmission/kernel';
import { FUSEAUX_OUTRE_MER, fuseauOf } from './fuseaux';

const hourIn = (departement: string, at: string): string =>
  clockTimeAt(at as Instant, fuseauOf(departement)).slice(0, 5);

describe('le fuseau d’une préfecture', () => {
  it.each([
    ['034', '13:00', '14:00'],
    ['02A', '13:00', '14:00'],
    ['971', '08:00', '08:00'],
    ['972', '08:00', '08:00'],
    ['973', '09:00', '09:00'],
    ['974', '16:00', '16:00'],
    ['975', '09:00', '10:00'],
    ['976', '15:00', '15:00'],
    ['987', '02:00', '02:00'],
    ['988', '23:00', '23:00'],
  ])('%s : midi UTC y est %s en janvier, %s en juillet', (departement, hiver, ete) => {
    expect(hourIn(departement, '2026-01-15T12:00:00.000Z')).toBe(hiver);
    expect(hourIn(departement, '2026-07-15T12:00:00.000Z')).toBe(ete);
  });

  it('n’est connu outre-mer que des départements que la norme connaît, et de tous', () => {
    expect(Object.keys(FUSEAUX_OUTRE_MER).sort()).toEqual(DEPARTEMENTS.filter((code) => /^9[78]/.test(code)));
  });

  it('existe pour chaque département que la norme connaît', () => {
    for (const departement of DEPARTEMENTS)
      expect(hourIn(departement, '2026-01-15T12:00:00.000Z')).toMatch(/^\d\d:\d\d$/);
  });
});
