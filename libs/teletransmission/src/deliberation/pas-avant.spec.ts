import type { Instant } from '@teletransmission/kernel';
import { parsePasAvant } from './pas-avant';

const at = (text: string, now = '2022-11-02T09:00:00.000Z', fuseau = 'Europe/Paris'): string => {
  const parsed = parsePasAvant(text, fuseau, now as Instant);
  return parsed.ok ? parsed.value : parsed.problem.code;
};

describe('« pas avant »', () => {
  it.each([
    ['2022-11-03', '2022-11-02T23:00:00.000Z', 'un jour d’hiver'],
    ['2023-01-01', '2022-12-31T23:00:00.000Z', 'le Nouvel An'],
    ['2023-03-26', '2023-03-25T23:00:00.000Z', 'le jour où l’on passe à l’heure d’été'],
    ['2023-03-27', '2023-03-26T22:00:00.000Z', 'son lendemain'],
    ['2023-10-29', '2023-10-28T22:00:00.000Z', 'le jour où l’on en revient'],
    ['2023-10-30', '2023-10-29T23:00:00.000Z', 'son lendemain'],
  ])('%s commence à %s : %s', (text, expected) => {
    expect(at(text)).toBe(expected);
  });

  it('compte le jour de la collectivité, pas celui de Paris', () => {
    expect(at('2022-11-03', undefined, 'Indian/Reunion')).toBe('2022-11-02T20:00:00.000Z');
    // À Beyrouth, le 26 mars 2023 commence à une heure : minuit n'y existe pas.
    expect(at('2023-03-30', undefined, 'Asia/Beirut')).toBe('2023-03-29T21:00:00.000Z');
  });

  it.each([
    ['2023-01-02T08:00:00+01:00', '2023-01-02T07:00:00.000Z'],
    ['2023-01-02T08:00Z', '2023-01-02T08:00:00.000Z'],
    ['2022-12-31T23:59:59.5-10:00', '2023-01-01T09:59:59.500Z'],
  ])('lit %s', (text, expected) => {
    expect(at(text)).toBe(expected);
  });

  it.each([
    'demain',
    '',
    '2023-02-30',
    '2023-02-30T08:00:00Z',
    '2023-01-02T08:00:00',
    '2023-01-02T25:00:00Z',
  ])('refuse « %s »', (text) => {
    expect(at(text)).toBe('pas-avant/malformed');
  });

  it('refuse ce qui est passé, l’instant même compris', () => {
    expect(at('2022-11-02')).toBe('pas-avant/past');
    expect(at('2022-11-02T09:00:00Z')).toBe('pas-avant/past');
    expect(at('2022-11-02T09:00:00.001Z')).toBe('2022-11-02T09:00:00.001Z');
  });

  it('n’attend pas plus d’un an', () => {
    expect(at('2023-11-02')).toBe('2023-11-01T23:00:00.000Z');
    expect(at('2023-11-03')).toBe('pas-avant/too-far');
    expect(at('2025-02-28', '2024-02-29T09:00:00.000Z')).toBe('2025-02-27T23:00:00.000Z');
    expect(at('2025-03-01', '2024-02-29T09:00:00.000Z')).toBe('pas-avant/too-far');
  });
});
