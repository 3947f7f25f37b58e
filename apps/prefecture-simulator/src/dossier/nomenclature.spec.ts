import { codeNature, faultOfMatiere, natureActe } from './nomenclature';

describe('les natures', () => {
  it.each([
    ['1', 'DE', 18],
    ['2', 'AR', 9],
    ['3', 'AI', 36],
    ['4', 'CC', 47],
    ['5', 'BF', 3],
    ['6', 'AU', 2],
  ])('la nature %s est %s, avec %i types de pièce', (code, abrege, combien) => {
    expect(natureActe(code)?.abrege).toBe(abrege);
    expect(natureActe(`0${code}`)?.abrege).toBe(abrege);
    expect(natureActe(code)?.typesPiece.size).toBe(combien);
    expect(codeNature(abrege)).toBe(code);
  });

  it.each(['0', '7', '', 'DE', '1.0', '-1'])('« %s » n’en est pas une', (code) => {
    expect(natureActe(code)).toBeUndefined();
  });
});

describe('les matières', () => {
  it('compte neuf matières et cinquante-sept sous-matières', () => {
    const chemins = Array.from({ length: 20 }, (_, un) =>
      Array.from({ length: 20 }, (__, deux) => [`${un}`, `${deux}`]),
    );
    expect(chemins.flat().filter((chemin) => faultOfMatiere(chemin) === undefined)).toHaveLength(57);
  });

  it.each([[['7', '10']], [['9', '4', '12']], [['1', '1', '2', '3', '4']]])('connaît %s', (codes) => {
    expect(faultOfMatiere(codes)).toBeUndefined();
  });

  it.each([[[]], [['7']], [['7', '0']], [['2', '1', '0']], [['2', '1', '-1']]])('refuse %s', (codes) => {
    expect(faultOfMatiere(codes)).toBeDefined();
  });
});
