import type { Violation } from '@teletransmission/kernel';
import { PROBLEM_MAX_BYTES, problemBody } from './problem-body';
import type { ProblemDetails } from './problem-details';
import { problemDetailsOf } from './problem-details';

const detailsOf = (
  count: number,
  detail: string,
  facts: Record<string, string | string[]> = {},
): ProblemDetails =>
  problemDetailsOf(
    {
      code: 'deliberation/invalid',
      detail,
      facts,
      violations: Array.from({ length: count }, (_, index) => ({
        pointer: `/annexes/${index}`,
        code: 'piece/missing',
        detail,
      })),
    },
    'a'.repeat(32),
  );

describe('le corps d’un refus', () => {
  it('ordinaire, part entier', () => {
    const details = detailsOf(80, 'Le fichier manque.');
    expect(JSON.parse(problemBody(details))).toEqual(details);
  });

  it.each([
    ['de textes sans fin', detailsOf(3, 'x'.repeat(400_000))],
    ['de fautes sans fin', detailsOf(340_000, 'Le fichier manque.')],
    ['des deux', detailsOf(2_000, 'é🎉\u0000'.repeat(2_000))],
    ['de caractères que JSON écrit en six', detailsOf(101, '\u0001'.repeat(10_000))],
    ['de faits sans fin', detailsOf(1, 'x', { noms: Array<string>(100_000).fill('extrait.pdf') })],
    [
      'de faits innombrables',
      detailsOf(0, 'x', Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`f${n}`, 'x']))),
    ],
  ])('fait %s, tient en 256 Kio et garde son code', (_, details) => {
    const body = problemBody(details);
    const read = JSON.parse(body) as ProblemDetails;
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(PROBLEM_MAX_BYTES);
    expect(read).toMatchObject({ status: 422, code: 'deliberation/invalid', type: details.type });
  });

  it('compte les fautes qu’il tait', () => {
    const { violations } = JSON.parse(problemBody(detailsOf(340_000, 'Le fichier manque.'))) as {
      violations: Violation[];
    };
    expect(violations).toHaveLength(101);
    expect(violations[100]?.detail).toContain('339900 autres fautes');
  });
});
