import { z } from 'zod';
import { frenchFault } from './french-faults';

const said = (schema: z.ZodType, value: unknown): readonly string[] =>
  schema.safeParse(value, { error: frenchFault }).error?.issues.map(({ message }) => message) ?? [];

describe('ce que zod dit d’une valeur', () => {
  it.each<[string, z.ZodType, unknown, string]>([
    ['absente', z.object({ a: z.string() }), {}, 'manque'],
    ['d’une autre sorte', z.string(), 3, 'Un texte'],
    ['non entière', z.int(), 1.5, 'Un nombre entier'],
    ['trop petite', z.number().min(2), 1, 'Au moins 2.'],
    ['trop longue', z.string().max(3), 'quatre', 'Au plus 3 caractère(s).'],
    ['hors d’une liste', z.enum(['oui', 'non']), 'si', 'oui, non'],
    ['inconnue', z.strictObject({}), { b: 1 }, 'Champ inconnu : b'],
    ['sans sa forme', z.uuid(), 'abc', 'forme attendue'],
    ['d’aucune des sortes admises', z.union([z.string(), z.int()]), true, 'pas admise'],
  ])('%s se dit en français', (_, schema, value, text) => {
    const [message = ''] = said(schema, value);
    expect(message).toContain(text);
    expect(message).not.toMatch(/invalid|expected|received|too |string|number/i);
  });

  it('laisse la parole au schéma qui a la sienne', () => {
    expect(said(z.string('Le motif manque.'), undefined)).toEqual(['Le motif manque.']);
  });
});
