import { csvHeader, csvLine } from './csv-dialect';

const textLine = (value: string, variante: 'tableur' | 'rfc4180' = 'tableur'): string =>
  csvLine(variante, [{ kind: 'texte', value }]);

describe('une ligne d’export', () => {
  it('sépare et marque selon la variante', () => {
    const cells = [
      { kind: 'texte', value: 'Été « œuvre » n° 3 ; suite' },
      { kind: 'jour', value: '2026-12-01' },
      { kind: 'texte', value: null },
    ] as const;
    expect(csvHeader('tableur', ['a', 'b'])).toBe('\uFEFFa;b\r\n');
    expect(csvLine('tableur', cells)).toBe('"Été « œuvre » n° 3 ; suite";2026-12-01;\r\n');
    expect(csvHeader('rfc4180', ['a', 'b'])).toBe('a,b\r\n');
    expect(csvLine('rfc4180', cells)).toBe('"Été « œuvre » n° 3 ; suite",2026-12-01,\r\n');
  });

  it('double les guillemets', () => {
    expect(textLine('dit « "oui" »')).toBe('"dit « ""oui"" »"\r\n');
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+33 4', "'+33 4"],
    ['-5', "'-5"],
    ['@SOMME(A1)', "'@SOMME(A1)"],
    ['＝1＋1', "'＝1＋1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠A1', "'＠A1"],
    ['\u22121', "'\u22121"],
    ['  =1+1', "'  =1+1"],
    ['\u00A0\u202F\u3000=1', "'\u00A0\u202F\u3000=1"],
    ['\u200B\u00AD\u202E=1', "'\u200B\u00AD\u202E=1"],
    ['\tavant', "'\tavant"],
    ['\ravant', "'\ravant"],
    ['Travaux;=1+1', "Travaux;'=1+1"],
    ['Travaux; =1+1', "Travaux;' =1+1"],
    ['Travaux,@A1', "Travaux,'@A1"],
    ['Travaux\t＝1', "Travaux\t'＝1"],
    ['un\r\n=deux', "un\r\n'=deux"],
    ['=1;=2;=3', "'=1;'=2;'=3"],
  ])('ne laisse rien à calculer dans %j', (value, harmless) => {
    for (const variante of ['tableur', 'rfc4180'] as const)
      expect(textLine(value, variante)).toBe(`"${harmless}"\r\n`);
  });

  it.each(['EDUCATION - Convention', 'a=b', 'R&D ; suite', 'tarif 2022-2023', 'x@example.org'])(
    'laisse %j tel quel',
    (value) => {
      expect(textLine(value)).toBe(`"${value}"\r\n`);
    },
  );
});
