import { PROBLEM_CODES } from '@teletransmission/teletransmission';
import { HTTP_CODES, PROBLEM_TITLES, problemTypeOf } from './catalogue';
import { problemDetailsOf, problemOfStatus } from './problem-details';

const TRACE_ID = 'a'.repeat(32);

describe('le catalogue des problèmes', () => {
  it('connaît tous les codes du domaine et de la porte, et eux seuls', () => {
    expect(Object.keys(PROBLEM_TITLES).sort()).toEqual([...PROBLEM_CODES, ...HTTP_CODES].sort());
  });

  it.each([...PROBLEM_CODES, ...HTTP_CODES])(
    'donne à « %s » un statut d’erreur, un titre et un type à lui',
    (code) => {
      const { status, title } = PROBLEM_TITLES[code];
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
      expect(title).toMatch(/^[A-ZÀ-Ý].*[^.]$/);
      expect(problemTypeOf(code)).toBe(`urn:teletransmission:probleme:${code}`);
      expect(problemDetailsOf({ code, detail: 'Corrigez.' }, null)).toEqual({
        type: problemTypeOf(code),
        title,
        status,
        detail: 'Corrigez.',
        code,
      });
    },
  );

  it('n’a qu’un titre par code', () => {
    const titles = Object.values(PROBLEM_TITLES).map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe('le corps d’un problème', () => {
  it('porte la trace, les violations et les faits', () => {
    const violations = [{ pointer: '/objet', code: 'objet/missing', detail: 'Donnez un objet.' }];
    const facts = { state: 'held', allowedEvents: ['resubmitted'] };
    expect(
      problemDetailsOf({ code: 'deliberation/invalid', detail: 'd', violations, facts }, TRACE_ID),
    ).toMatchObject({
      instance: `urn:teletransmission:trace:${TRACE_ID}`,
      violations,
      ...facts,
    });
  });

  it('ne laisse aucun fait prendre la place d’un champ de la norme', () => {
    const facts = { status: 200, type: 'x', title: 'x', detail: 'x', code: 'x', instance: 'x' };
    const body = problemDetailsOf({ code: 'transmission/unknown', detail: 'd', facts }, TRACE_ID);
    expect(body).toMatchObject({
      status: 404,
      code: 'transmission/unknown',
      detail: 'd',
      title: 'Transmission inconnue',
    });
    expect(body.type).toContain('transmission/unknown');
    expect(body.instance).toContain(TRACE_ID);
  });

  it.each(['enveloppe/inconnue', 'constructor', '__proto__', 'toString', ''])(
    'd’un code hors du catalogue devient celui d’un défaut, sans rien en dire : « %s »',
    (code) => {
      const secret = { code, detail: 'SELECT mot_de_passe', facts: { chemin: '/etc' }, violations: [] };
      expect(problemDetailsOf(secret, null)).toEqual(problemDetailsOf(problemOfStatus(500), null));
      expect(JSON.stringify(problemDetailsOf(secret, null))).not.toMatch(/SELECT|etc/);
    },
  );
});

describe('le problème d’un statut', () => {
  it.each([400, 401, 403, 404, 405, 406, 408, 413, 415, 416, 429, 431, 500, 503])(
    '%i garde son statut et dit quoi faire',
    (status) => {
      const body = problemDetailsOf(problemOfStatus(status), null);
      expect(body.status).toBe(status);
      expect(body.detail.length).toBeGreaterThan(20);
    },
  );

  it.each([
    [402, 400],
    [418, 400],
    [501, 500],
    [502, 500],
  ])('%i, que le catalogue n’a pas, devient %i', (status, expected) => {
    expect(problemDetailsOf(problemOfStatus(status), null).status).toBe(expected);
  });
});
