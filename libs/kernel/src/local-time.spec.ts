import { civilDate } from './civil-date';
import { EUROPE_PARIS } from './instant';
import { instantAtLocal, weekdayOf } from './local-time';

describe('l’instant d’une heure locale', () => {
  it.each([
    ['2026-01-15', '08:00', EUROPE_PARIS, '2026-01-15T07:00:00.000Z'],
    ['2026-07-15', '08:00', EUROPE_PARIS, '2026-07-15T06:00:00.000Z'],
    ['2025-12-31', '24:00', EUROPE_PARIS, '2025-12-31T23:00:00.000Z'],
    ['2028-02-29', '00:00', EUROPE_PARIS, '2028-02-28T23:00:00.000Z'],
    // Deux fois 02:30 le 25 octobre 2026 : la première est encore à l'heure d'été.
    ['2026-10-25', '02:30', EUROPE_PARIS, '2026-10-25T00:30:00.000Z'],
    ['2026-10-25', '03:00', EUROPE_PARIS, '2026-10-25T02:00:00.000Z'],
    // 02:30 n'existe pas le 29 mars 2026 : l'horloge saute d'une heure, l'heure demandée aussi.
    ['2026-03-29', '02:30', EUROPE_PARIS, '2026-03-29T01:30:00.000Z'],
    ['2026-03-29', '01:59', EUROPE_PARIS, '2026-03-29T00:59:00.000Z'],
    ['2026-03-29', '03:00', EUROPE_PARIS, '2026-03-29T01:00:00.000Z'],
    ['2026-03-29', '00:30', 'America/Miquelon', '2026-03-29T02:30:00.000Z'],
    // Saint-Pierre-et-Miquelon change d'heure à la date américaine, trois semaines avant Paris.
    ['2026-03-08', '08:00', 'America/Miquelon', '2026-03-08T10:00:00.000Z'],
    ['2026-06-01', '08:00', 'Indian/Reunion', '2026-06-01T04:00:00.000Z'],
    ['2026-06-01', '08:00', 'Pacific/Tahiti', '2026-06-01T18:00:00.000Z'],
    ['2026-06-01', '08:00', 'Pacific/Noumea', '2026-05-31T21:00:00.000Z'],
  ])('le %s à %s dans %s est %s', (date, time, zone, instant) => {
    expect(instantAtLocal(civilDate(date), time, zone)).toBe(instant);
  });

  it.each([
    ['2026-11-23', 1],
    ['2026-11-24', 2],
    ['2026-11-29', 7],
    ['2028-02-29', 2],
    ['2026-01-01', 4],
  ])('le %s est le jour %i de sa semaine', (date, rang) => {
    expect(weekdayOf(civilDate(date))).toBe(rang);
  });
});
