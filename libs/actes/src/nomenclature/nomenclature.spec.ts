import type { Result } from '@teletransmission/kernel';
import { checkTypePiece } from '../classification/check-type-piece';
import { MATIERES, NOMENCLATURE_DATE, parseMatiere } from './matieres';
import type { NatureAbregee } from './natures';
import { codeNatureOf, isNatureAbregee, natureAbregeeOf, NATURES } from './natures';
import { searchMatieres } from './search-matieres';
import { defaultTypePiece, typesPieceOf } from './types-piece';

const outcome = <T>(result: Result<T>): unknown => (result.ok ? result.value : result.problem.code);

describe('Les natures d’acte', () => {
  it('vont de 1 à 6, aller et retour', () => {
    for (const { code, abrege } of NATURES) {
      expect(codeNatureOf(abrege)).toBe(code);
      expect(natureAbregeeOf(code)).toBe(abrege);
    }
    expect(NATURES.map(({ code }) => code)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('n’en reconnaissent pas d’autre', () => {
    expect(natureAbregeeOf(7)).toBeUndefined();
    expect(isNatureAbregee('DF')).toBe(false);
    expect(isNatureAbregee('toString')).toBe(false);
  });
});

describe('La nomenclature nationale', () => {
  it('compte 57 matières de niveau 2 sous 9 domaines, datées', () => {
    expect(MATIERES).toHaveLength(57);
    expect(new Set(MATIERES.map(({ domaine }) => domaine)).size).toBe(9);
    expect(NOMENCLATURE_DATE).toBe('2019-08-29');
  });

  it('range 7.10 après 7.9', () => {
    const codes = MATIERES.map(({ code }) => code);
    expect(codes.indexOf('7.10')).toBe(codes.indexOf('7.9') + 1);
  });

  it.each([
    ['8.1', { code: '8.1', niveaux: [8, 1], libelle: 'Enseignement' }],
    ['7.10', { code: '7.10', niveaux: [7, 10], libelle: 'Divers' }],
    ['2.1.2', { code: '2.1.2', niveaux: [2, 1, 2], libelle: "Documents d'urbanisme" }],
    ['1.1.1.1.1', { niveaux: [1, 1, 1, 1, 1] }],
  ])('lit %s', (code, expected) => {
    expect(outcome(parseMatiere(code))).toMatchObject(expected);
  });

  it.each([
    ['8', 'matiere/incomplete'],
    ['7.11', 'matiere/unknown'],
    ['10.1', 'matiere/unknown'],
    ['8.0', 'matiere/malformed'],
    ['08.1', 'matiere/malformed'],
    ['8.1.', 'matiere/malformed'],
    ['8,1', 'matiere/malformed'],
    ['1.1.1.1.1.1', 'matiere/malformed'],
    ['', 'matiere/malformed'],
  ])('refuse « %s » par %s', (code, problem) => {
    expect(outcome(parseMatiere(code))).toBe(problem);
  });
});

describe('searchMatieres', () => {
  it.each([
    ['subvention', '7.5'],
    ['SUBVENTIONS', '7.5'],
    ['école', '8.1'],
    ['ecole', '8.1'],
    ['environnement numérique', '8.1'],
    ['PLU', '2.1'],
    ['voeu', '9.4'],
    ['vœux', '9.4'],
    ['budget', '7.1'],
    ['emprunt', '7.3'],
    ['7.10', '7.10'],
  ])('« %s » propose d’abord %s', (words, code) => {
    expect(searchMatieres(words)[0]?.code).toBe(code);
  });

  it('rend toute la nomenclature pour un texte vide, rien pour un mot inconnu', () => {
    expect(searchMatieres('  ')).toEqual(MATIERES);
    expect(searchMatieres('zygomatique')).toEqual([]);
  });
});

describe('La typologie des pièces', () => {
  it.each<[NatureAbregee, number]>([
    ['DE', 18],
    ['AR', 9],
    ['AI', 36],
    ['CC', 47],
    ['BF', 3],
    ['AU', 2],
  ])('compte pour %s %i types, tous distincts', (nature, count) => {
    const codes = typesPieceOf(nature).map(({ code }) => code);
    expect(new Set(codes).size).toBe(count);
    expect(codes).toHaveLength(count);
  });

  it('propose par défaut un type que la nature admet', () => {
    for (const { abrege } of NATURES)
      expect(outcome(checkTypePiece(defaultTypePiece(abrege), abrege))).toMatch(/^99_/);
  });

  it.each([
    ['99_AR', 'DE', 'type-piece/not-allowed'],
    ['CO_DE', 'DE', 'type-piece/unknown'],
    ['', 'DE', 'type-piece/unknown'],
  ] as const)('refuse %s pour %s par %s, en donnant les types admis', (code, nature, problem) => {
    const result = checkTypePiece(code, nature);
    expect(result.ok ? undefined : result.problem).toMatchObject({
      code: problem,
      facts: { autorises: typesPieceOf(nature).map((type) => type.code) },
    });
  });
});
