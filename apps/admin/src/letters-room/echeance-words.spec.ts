import { civilDate } from '@teletransmission/kernel';
import { at } from '../../test/views';
import { daysLeft, daysLeftWords } from './echeance-words';

describe('ce qu’il reste avant une échéance', () => {
  it.each([
    ['2026-12-29T22:30:00Z', '2027-01-03', 'Europe/Paris', 5],
    // 23 h 30 à Londres est déjà le lendemain à Paris.
    ['2026-12-31T23:30:00Z', '2027-01-03', 'Europe/Paris', 2],
    ['2026-12-31T20:30:00Z', '2027-01-03', 'Indian/Reunion', 2],
    ['2026-12-31T20:30:00Z', '2027-01-03', 'America/Martinique', 3],
    // Un changement d'heure ne fait ni ne défait un jour.
    ['2026-10-24T12:00:00Z', '2026-10-26', 'Europe/Paris', 2],
    ['2027-03-27T12:00:00Z', '2027-03-29', 'Europe/Paris', 2],
    ['2027-02-28T12:00:00Z', '2027-02-28', 'Europe/Paris', 0],
    ['2028-03-01T12:00:00Z', '2028-02-28', 'Europe/Paris', -2],
  ])('se compte en jours de la collectivité (%s, %s, %s)', (now, echeance, fuseau, days) => {
    expect(daysLeft(civilDate(echeance), at(now), fuseau)).toBe(days);
  });

  it.each([
    [12, 'dans 12 jours'],
    [1, 'demain'],
    [0, 'aujourd’hui'],
    [-1, 'passée depuis hier'],
    [-3, 'passée depuis 3 jours'],
  ])('se dit en mots (%d)', (days, words) => {
    expect(daysLeftWords(days)).toBe(words);
  });
});
