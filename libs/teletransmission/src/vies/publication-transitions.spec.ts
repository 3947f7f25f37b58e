import { civilDate } from '@teletransmission/kernel';
import {
  RETOUR_EVENTS,
  RETOUR_STATES,
  RETOUR_TRANSITIONS,
  FINAL_RETOUR_STATES,
  INITIAL_RETOUR_STATE,
} from './retour-transitions';
import type { RetourState } from './retour-transitions';
import { advancePublication, checkPublicationDate } from '../publication/publication';
import { FINAL_PUBLICATION_STATES, PUBLICATION_EVENTS, PUBLICATION_STATES } from './publication-transitions';

describe('la vie d’une publication', () => {
  const pairs = PUBLICATION_STATES.flatMap((state) =>
    PUBLICATION_EVENTS.map((event) => [state, event] as const),
  );

  it.each(pairs.filter(([state]) => state === 'unpublished'))('%s admet %s', (state, event) => {
    expect(advancePublication(state, event)).toEqual({ ok: true, value: 'published' });
  });

  it.each(pairs.filter(([state]) => state !== 'unpublished'))('%s refuse %s', (state, event) => {
    expect(advancePublication(state, event)).toMatchObject({
      ok: false,
      problem: { code: 'publication/event-refused' },
    });
  });

  it('ne finit que publiée', () => {
    expect(FINAL_PUBLICATION_STATES).toEqual(['published']);
  });

  it.each([
    ['2022-10-19', false],
    ['2022-10-20', true],
    ['2022-11-02', true],
    ['2022-11-03', false],
  ])('datée du %s, décision du 20/10, aujourd’hui le 02/11 : %s', (date, accepted) => {
    const checked = checkPublicationDate(civilDate(date), civilDate('2022-10-20'), civilDate('2022-11-02'));
    expect(checked.ok).toBe(accepted);
  });
});

describe('la vie d’un retour', () => {
  it('mène de la réception à tous les autres états', () => {
    const reached = new Set<RetourState>([INITIAL_RETOUR_STATE]);
    for (const state of reached) for (const to of Object.values(RETOUR_TRANSITIONS[state])) reached.add(to);
    expect([...reached].sort()).toEqual([...RETOUR_STATES].sort());
  });

  it('n’a de sans-issue que les états finals déclarés, et n’emploie que ses événements', () => {
    const dead = RETOUR_STATES.filter((state) => Object.keys(RETOUR_TRANSITIONS[state]).length === 0);
    expect(dead).toEqual(FINAL_RETOUR_STATES);
    const used = new Set(RETOUR_STATES.flatMap((state) => Object.keys(RETOUR_TRANSITIONS[state])));
    expect([...used].sort()).toEqual([...RETOUR_EVENTS].sort());
  });
});
