import type { Instant } from '@teletransmission/kernel';
import { civilDate } from '@teletransmission/kernel';
import { dureeLisible } from './duree';
import { exactTime, longDate } from './exact-time';
import { frenchSpaces } from './french-spaces';
import { tailleLisible } from './taille';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('les jours et les heures', () => {
  it.each([
    ['2022-10-20', 'jeudi 20 octobre 2022'],
    ['2022-01-01', 'samedi 1er janvier 2022'],
    ['2026-12-11', 'vendredi 11 décembre 2026'],
    ['2024-02-29', 'jeudi 29 février 2024'],
  ])('écrit %s « %s »', (day, expected) => {
    expect(longDate(civilDate(day))).toBe(expected);
  });

  it('écrit un instant à l’heure de Paris, et le jour qu’il y est', () => {
    expect(exactTime('2022-11-02T23:30:00.000Z' as Instant)).toBe('jeudi 3 novembre 2022 à 00:30:00');
    expect(exactTime('2026-07-01T10:00:05.000Z' as Instant)).toBe('mercredi 1er juillet 2026 à 12:00:05');
  });
});

describe('tailleLisible', () => {
  it.each([
    [0, '0 octets'],
    [1, '1 octet'],
    [812, '812 octets'],
    [1_000, '1 ko'],
    [263_412, '263,4 ko'],
    [999_960, '1 Mo'],
    [157_286_400, '157,3 Mo'],
    [2_500_000_000, '2,5 Go'],
  ])('écrit %d octets « %s »', (octets, expected) => {
    expect(plain(tailleLisible(octets))).toBe(expected);
  });
});

describe('dureeLisible', () => {
  it.each([
    [84.4, '84 ms'],
    [2_300, '2,3 s'],
    [59_960, '1 min'],
    [250_000, '4 min 10 s'],
    [3_900_000, '1 h 05 min'],
  ])('écrit %d ms « %s »', (ms, expected) => {
    expect(plain(dureeLisible(ms))).toBe(expected);
  });
});

describe('frenchSpaces', () => {
  it('rend insécables les espaces de la ponctuation double, dans le texte seulement', () => {
    expect(frenchSpaces('<a title="Et ?" href="/?a=b ;">Et « ensuite » ? Rien : voilà</a>')).toBe(
      '<a title="Et ?" href="/?a=b ;">Et «\u00a0ensuite\u00a0»\u00a0? Rien\u00a0: voilà</a>',
    );
  });
});
