import {
  addDays,
  civilDate,
  compactCivilDate,
  daysBetween,
  frenchDate,
  laterOf,
  parseCivilDate,
  parseCompactCivilDate,
  addMonths,
} from './civil-date';

describe('CivilDate', () => {
  it.each(['2022-10-20', '2024-02-29', '2025-12-31', '0099-01-01'])('lit %s', (text) => {
    expect(parseCivilDate(text)).toEqual({ ok: true, value: text });
  });

  it.each([
    ['2023-02-29', 'civil-date/nonexistent'],
    ['2022-13-01', 'civil-date/nonexistent'],
    ['2022-00-10', 'civil-date/nonexistent'],
    ['2022-04-31', 'civil-date/nonexistent'],
    ['0000-01-01', 'civil-date/nonexistent'],
    ['2022-1-01', 'civil-date/malformed'],
    ['20/10/2022', 'civil-date/malformed'],
    ['2022-10-20T00:00:00Z', 'civil-date/malformed'],
    ['', 'civil-date/malformed'],
  ])('refuse « %s » par %s', (text, code) => {
    const parsed = parseCivilDate(text);
    expect(parsed.ok ? 'lu' : parsed.problem.code).toBe(code);
  });

  it.each(['2024-12-29', '2024-12-30', '2024-12-31', '2025-12-29', '2026-12-31', '2027-01-01', '2027-01-03'])(
    "garde l'année du jour, non celle de sa semaine (%s)",
    (text) => {
      expect(compactCivilDate(civilDate(text)).slice(0, 4)).toBe(text.slice(0, 4));
      expect(parseCompactCivilDate(compactCivilDate(civilDate(text)))).toEqual({ ok: true, value: text });
    },
  );

  it('passe le Nouvel An, le 29 février et les deux changements d’heure sans perdre un jour', () => {
    expect(addDays(civilDate('2024-12-31'), 1)).toBe('2025-01-01');
    expect(addDays(civilDate('2024-02-28'), 1)).toBe('2024-02-29');
    expect(addDays(civilDate('2026-03-28'), 2)).toBe('2026-03-30');
    expect(addDays(civilDate('2026-10-26'), -2)).toBe('2026-10-24');
    expect(daysBetween(civilDate('2026-03-01'), civilDate('2026-11-01'))).toBe(245);
  });

  it('compare et écrit à la française', () => {
    expect(laterOf(civilDate('2022-11-21'), civilDate('2022-11-02'))).toBe('2022-11-21');
    expect(frenchDate(civilDate('2022-11-02'))).toBe('02/11/2022');
  });
});

describe('ajouter des mois', () => {
  it.each([
    ['2022-11-21', 2, '2023-01-21'],
    ['2022-12-30', 2, '2023-02-28'],
    ['2023-12-31', 2, '2024-02-29'],
    ['2022-11-30', 2, '2023-01-30'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2023-03-31', -1, '2023-02-28'],
    ['2022-10-31', 12, '2023-10-31'],
  ])('au %s, %i : le %s', (date, months, expected) => {
    expect(addMonths(civilDate(date), months)).toBe(expected);
  });
});
