import type { Departement } from '@teletransmission/actes';
import type { Instant } from '@teletransmission/kernel';
import { closureAt } from './opening';
import type { Fenetre, Interruption, Prefecture } from './prefecture';
import { LIAISON_DIRECTE } from '../liaison/liaison';
import { JOURS, newPrefecture } from './prefecture';

const BUREAU: readonly Fenetre[] = [
  { jours: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi'], de: '08:00', a: '12:00' },
  { jours: ['lundi', 'mardi', 'mercredi', 'jeudi'], de: '13:30', a: '17:30' },
];
const NUIT: readonly Fenetre[] = [{ jours: [...JOURS], de: '02:00', a: '03:00' }];

function prefecture(
  fenetres: readonly Fenetre[],
  departement = '034',
  interruptions: readonly Interruption[] = [],
): Prefecture {
  return {
    ...newPrefecture({ liaisonId: LIAISON_DIRECTE, departement: departement as Departement }),
    fenetres,
    interruptions,
  };
}

const untilOf = (subject: Prefecture, at: string): string | undefined =>
  closureAt(subject, at as Instant)?.until;

describe('les fenêtres d’une préfecture', () => {
  it('absentes, elle est ouverte à toute heure', () => {
    expect(closureAt(prefecture([]), '2026-11-22T03:00:00.000Z' as Instant)).toBeNull();
  });

  it.each([
    ['mardi 8 h', '2026-11-24T07:00:00.000Z', undefined],
    ['mardi 7 h 59', '2026-11-24T06:59:59.999Z', '2026-11-24T07:00:00.000Z'],
    ['mardi midi', '2026-11-24T11:00:00.000Z', '2026-11-24T12:30:00.000Z'],
    ['mardi 17 h 30', '2026-11-24T16:30:00.000Z', '2026-11-25T07:00:00.000Z'],
    ['vendredi 13 h', '2026-11-27T12:00:00.000Z', '2026-11-30T07:00:00.000Z'],
    ['dimanche', '2026-11-29T12:00:00.000Z', '2026-11-30T07:00:00.000Z'],
    ['le jour de l’An à minuit', '2025-12-31T23:00:00.000Z', '2026-01-01T07:00:00.000Z'],
    ['le 31 décembre au soir', '2026-12-31T20:00:00.000Z', '2027-01-01T07:00:00.000Z'],
    ['la veille d’un 29 février', '2028-02-28T20:00:00.000Z', '2028-02-29T07:00:00.000Z'],
    ['le 29 février au soir', '2028-02-29T20:00:00.000Z', '2028-03-01T07:00:00.000Z'],
    ['avant l’heure d’été', '2026-03-27T20:00:00.000Z', '2026-03-30T06:00:00.000Z'],
    ['avant l’heure d’hiver', '2026-10-23T20:00:00.000Z', '2026-10-26T07:00:00.000Z'],
  ])('%s', (_, at, until) => {
    expect(untilOf(prefecture(BUREAU), at)).toBe(until);
  });

  it('sautées par l’heure d’été, n’ouvrent pas ce jour-là', () => {
    expect(untilOf(prefecture(NUIT), '2026-03-28T12:00:00.000Z')).toBe('2026-03-30T00:00:00.000Z');
  });

  it('doublées par l’heure d’hiver, sont ouvertes les deux fois', () => {
    expect(untilOf(prefecture(NUIT), '2026-10-25T00:30:00.000Z')).toBeUndefined();
    expect(untilOf(prefecture(NUIT), '2026-10-25T01:30:00.000Z')).toBeUndefined();
    expect(untilOf(prefecture(NUIT), '2026-10-25T02:00:00.000Z')).toBe('2026-10-26T01:00:00.000Z');
  });

  it('sont aux heures de la préfecture, outre-mer compris', () => {
    expect(untilOf(prefecture(BUREAU, '974'), '2026-11-24T03:59:00.000Z')).toBe('2026-11-24T04:00:00.000Z');
    expect(untilOf(prefecture(BUREAU, '987'), '2026-11-24T07:00:00.000Z')).toBe('2026-11-24T18:00:00.000Z');
    expect(untilOf(prefecture(BUREAU, '988'), '2026-11-24T20:59:00.000Z')).toBe('2026-11-24T21:00:00.000Z');
    // À Nouméa, le vendredi midi de Paris est déjà la fin de semaine.
    expect(untilOf(prefecture(BUREAU, '988'), '2026-11-27T11:00:00.000Z')).toBe('2026-11-29T21:00:00.000Z');
  });
});

describe('les arrêts annoncés', () => {
  const NOEL: Interruption = {
    du: '2026-12-24T11:00:00.000Z' as Instant,
    au: '2026-12-27T23:00:00.000Z' as Instant,
    motif: 'Maintenance de fin d’année',
  };

  it('ferment de leur début inclus à leur fin exclue, et disent pourquoi', () => {
    const subject = prefecture([], '034', [NOEL]);
    expect(closureAt(subject, '2026-12-24T10:59:59.999Z' as Instant)).toBeNull();
    expect(closureAt(subject, NOEL.du)).toEqual({
      code: 'prefecture/interrupted',
      until: NOEL.au,
      motif: NOEL.motif,
    });
    expect(closureAt(subject, NOEL.au)).toBeNull();
  });

  it('qui finissent hors des heures renvoient à l’ouverture suivante', () => {
    expect(untilOf(prefecture(BUREAU, '034', [NOEL]), '2026-12-25T10:00:00.000Z')).toBe(
      '2026-12-28T07:00:00.000Z',
    );
  });

  it('qui s’enchaînent n’en font qu’un', () => {
    const suite = { du: NOEL.au, au: '2027-01-02T00:00:00.000Z' as Instant, motif: 'Suite' };
    expect(untilOf(prefecture([], '034', [NOEL, suite]), '2026-12-25T10:00:00.000Z')).toBe(suite.au);
  });
});
