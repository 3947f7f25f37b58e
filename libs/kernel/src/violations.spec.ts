import { excerptOf, firstViolations, namesCited, unknownFields } from './violations';

const faults = (count: number): { pointer: string; code: string; detail: string }[] =>
  Array.from({ length: count }, (_, index) => ({ pointer: `/${index}`, code: 'a/b', detail: 'faute' }));

describe('une liste de fautes', () => {
  it('reste entière jusqu’à cent', () => {
    expect(firstViolations(faults(100))).toEqual(faults(100));
  });

  it.each([
    [101, 'Et 1 autre faute'],
    [340_000, 'Et 339900 autres fautes'],
  ])('de %i, garde les cent premières et compte les autres', (count, said) => {
    const kept = firstViolations(faults(count));
    expect(kept).toHaveLength(101);
    expect(kept.slice(0, 100)).toEqual(faults(100));
    expect(kept[100]?.detail).toContain(said);
    expect(firstViolations(kept)).toBe(kept);
  });
});

describe('des champs inconnus', () => {
  it('se disent chacun à son pointeur', () => {
    expect(unknownFields(['a/b~c'], '/vote', (name) => `Inconnu : ${name}.`)).toEqual([
      { pointer: '/vote/a~1b~0c', code: 'dossier/unknown-field', detail: 'Inconnu : a/b~c.' },
    ]);
  });

  it('au-delà de vingt, se comptent', () => {
    const keys = Array.from({ length: 22 }, (_, index) => `champ${index}`);
    const faults = unknownFields(keys, '', () => 'Inconnu.');
    expect(faults).toHaveLength(21);
    expect(faults[20]?.detail).toBe('Et 2 autres champs inconnus.');
    expect(unknownFields(keys.slice(1), '', () => 'Inconnu.')[20]?.detail).toBe('Et 1 autre champ inconnu.');
  });
});

describe('ce qui se cite d’une entrée', () => {
  it('est entier quand il est court', () => {
    expect(excerptOf('extrait.pdf')).toBe('extrait.pdf');
    expect(namesCited(['a', 'b'])).toBe('a, b');
    expect(namesCited([])).toBe('');
  });

  it('est court quand il est long, et ne coupe pas un caractère en deux', () => {
    expect(excerptOf('x'.repeat(1_000_000))).toBe(`${'x'.repeat(100)}…`);
    expect(excerptOf(`${'x'.repeat(99)}🎉🎉`)).toBe(`${'x'.repeat(99)}…`);
  });

  it('compte les noms qu’il tait', () => {
    const names = Array.from({ length: 402 }, (_, index) => `f${index}`);
    expect(namesCited(names)).toMatch(/^f0, f1, .*, f19 et 382 autres$/);
    expect(namesCited(names.slice(0, 21))).toMatch(/f19 et 1 autre$/);
  });
});
