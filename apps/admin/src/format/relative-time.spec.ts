import type { Instant } from '@teletransmission/kernel';
import { ageOf, relativeTime } from './relative-time';

const at = (text: string): Instant => new Date(text).toISOString() as Instant;

describe('relativeTime', () => {
  it.each([
    ['2026-11-24T09:59:30Z', 'à l’instant'],
    ['2026-11-24T09:59:00Z', 'il y a 1 min'],
    ['2026-11-24T09:00:01Z', 'il y a 59 min'],
    ['2026-11-24T09:00:00Z', 'il y a 1 h'],
    ['2026-11-23T23:00:00Z', 'il y a 11 h'],
    ['2026-11-23T22:59:59Z', 'hier'],
    ['2026-11-22T10:00:00Z', 'il y a 2 jours'],
    ['2026-10-25T10:00:00Z', 'il y a 30 jours'],
    ['2026-10-24T10:00:00Z', 'il y a 1 mois'],
    ['2025-11-25T10:00:00Z', 'il y a 11 mois'],
    ['2025-11-24T10:00:00Z', 'il y a 1 an'],
    ['2022-11-02T10:00:00Z', 'il y a 4 ans'],
    ['2026-11-24T10:00:30Z', 'dans un instant'],
    ['2026-11-24T10:12:00Z', 'dans 12 min'],
    ['2026-11-24T22:59:59Z', 'dans 12 h'],
    ['2026-11-25T10:00:00Z', 'demain'],
    ['2026-12-01T10:00:00Z', 'dans 7 jours'],
  ])('le 24 novembre 2026 à 11 h de Paris, dit %s « %s »', (instant, expected) => {
    expect(relativeTime(at(instant), at('2026-11-24T10:00:00Z'))).toBe(expected);
  });

  it('compte en heures par-delà minuit tant que c’est proche', () => {
    expect(relativeTime(at('2026-11-23T21:30:00Z'), at('2026-11-24T00:30:00Z'))).toBe('il y a 3 h');
  });

  it('compte les jours de Paris, changement d’heure compris', () => {
    // De samedi 23 h à lundi 0 h 30, heure de Paris : l'aiguille recule dans la nuit de dimanche.
    expect(relativeTime(at('2026-10-24T21:00:00Z'), at('2026-10-25T23:30:00Z'))).toBe('il y a 2 jours');
  });
});

describe('ageOf', () => {
  it.each([
    ['2026-11-24T09:59:30Z', 'depuis moins d’une minute'],
    ['2026-11-24T07:00:00Z', 'depuis 3 h'],
    ['2026-11-23T08:00:00Z', 'depuis hier'],
    ['2026-11-19T08:00:00Z', 'depuis 5 jours'],
  ])('dit %s « %s »', (since, expected) => {
    expect(ageOf(at(since), at('2026-11-24T10:00:00Z'))).toBe(expected);
  });
});
