import fc from 'fast-check';
import { parseJson, readJson } from './read-json';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string): ReturnType<typeof readJson> => readJson(bytes(text), 'Le fichier');
const phrase = (text: string): string => {
  const result = read(text);
  return result.ok ? 'lu' : result.problem.detail;
};

describe('readJson', () => {
  it('lit toute valeur comme la plate-forme, blancs et échappements compris', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ stringUnit: 'grapheme', depthSize: 'medium' }),
        fc.constantFrom(0, 1, '\t', '\r\n'),
        (value, indent) => {
          const text = JSON.stringify(value, null, indent);
          fc.pre(!/__proto__|\ufffd/.test(text));
          expect(read(text)).toEqual({ ok: true, value: JSON.parse(text) as unknown });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('n’accepte que ce que la plate-forme accepte', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '\\n',
      '1',
      '-',
      '0',
      '.5',
      'e3',
      'true',
      'null',
      ' ',
      '\n',
      '\u00a0',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const platform = ((): boolean => {
          try {
            JSON.parse(text);
            return true;
          } catch {
            return false;
          }
        })();
        expect([text, parseJson(bytes(text), 'x').ok]).toEqual([text, platform]);
      }),
      { numRuns: 3_000 },
    );
  });

  it('admet une marque d’ordre en tête, et une seule', () => {
    expect(read('\ufeff{"a":1}')).toEqual({ ok: true, value: { a: 1 } });
    expect(phrase('\ufeff\ufeff{}')).toContain('trouvé « U+FEFF');
  });

  it.each([
    ['', 1, 1, 'attendu une valeur', 'trouvé la fin du texte'],
    ['{"a": 1,\n "b" 2}', 2, 6, 'attendu « : » après le nom du champ', 'trouvé « 2 »'],
    ['{"a": 1\n "b": 2}', 2, 2, 'attendu une virgule ou « } »', 'trouvé « " »'],
    ['[1,\n 2,\n]', 3, 1, 'attendu une valeur', 'trouvé « ] », après une virgule de trop'],
    [
      '{"a": 1,}',
      1,
      9,
      'attendu un nom de champ entre guillemets droits',
      'trouvé « } », après une virgule de trop',
    ],
    ["{'a': 1}", 1, 2, 'attendu un nom de champ entre guillemets droits', "trouvé « 'a' »"],
    ['{"a": “b”}', 1, 7, 'attendu une valeur (texte entre guillemets droits', 'trouvé « “b” »'],
    ['{"a": True}', 1, 7, 'attendu une valeur', 'trouvé « True »'],
    ['{"a": 012}', 1, 8, 'attendu une virgule ou « } »', 'trouvé « 12 »'],
    ['{"a": 1e999}', 1, 7, 'attendu un nombre moins grand', 'trouvé « 1e999 »'],
    ['{"a": "b\n}', 1, 9, 'attendu un guillemet droit fermant', 'U+000A'],
    ['{"a": "bcd', 1, 7, 'attendu le guillemet droit qui ferme ce texte', ''],
    ['{"a": "C:\\dossier"}', 1, 10, 'attendu après « \\ »', ''],
    ['{"a": 1} {"b": 2}', 1, 10, 'attendu la fin du texte', 'trouvé « { »'],
    ['{"a": [1, 2}', 1, 12, 'attendu une virgule ou « ] »', 'trouvé « } »'],
    ['{"a":', 1, 6, 'attendu une valeur', 'trouvé la fin du texte'],
    ['// bonjour\n{}', 1, 1, 'attendu une valeur', 'trouvé « // »'],
    ['<html>', 1, 1, 'attendu une valeur', 'trouvé « <html> »'],
  ])('dit de %j la ligne, la colonne, l’attendu et le trouvé', (text, ligne, colonne, attendu, trouve) => {
    const result = read(text);
    expect(result).toMatchObject({
      ok: false,
      problem: { code: 'json/malformed', facts: { ligne, colonne } },
    });
    expect(phrase(text)).toContain(
      `Le fichier n’est pas du JSON : ligne ${ligne}, colonne ${colonne}, ${attendu}`,
    );
    expect(phrase(text)).toContain(trouve);
  });

  it('admet soixante-quatre niveaux, pas un de plus, et n’use pas la pile', () => {
    const nested = (depth: number): string => `${'[{"a":'.repeat(depth / 2)}1${'}]'.repeat(depth / 2)}`;
    expect(read(nested(64)).ok).toBe(true);
    expect(read(nested(66))).toMatchObject({
      problem: { code: 'json/too-deep', facts: { ligne: 1, colonne: 193 } },
    });
    expect(read('['.repeat(500_000))).toMatchObject({ problem: { code: 'json/too-deep' } });
  });

  it('compte les valeurs, et s’arrête à la première de trop', () => {
    const values = bytes('{"a":[1,{}],"b":"c"}');
    expect(readJson(values, 'x', 5)).toMatchObject({ ok: true });
    expect(readJson(values, 'x', 4)).toMatchObject({ problem: { code: 'json/too-many-values' } });
    expect(readJson(bytes(`[${'1,'.repeat(10)}pas du JSON`), 'x', 10)).toMatchObject({
      problem: { code: 'json/too-many-values' },
    });
  });

  it('lit un texte de deux millions de caractères', () => {
    const text = 'é\\"'.repeat(500_000);
    expect(read(`"${text}"`)).toEqual({ ok: true, value: 'é"'.repeat(500_000) });
    expect(read(`"${'x'.repeat(2_000_000)}"`).ok).toBe(true);
  });

  it.each([
    ['U+FFFD', '{"a":[0,{"b/c":"d\ufffd"}]}', '/a/1/b~1c', 'json/damaged-text', 'U+FFFD'],
    ['un demi-codet échappé', '{"a":"\\ud83d"}', '/a', 'json/damaged-text', 'U+D83D'],
    ['un demi-codet bas', '["x","\\udc00\\ud800"]', '/1', 'json/damaged-text', 'U+DC00'],
    ['U+FFFD échappé dans une clé', '{"a\\ufffd":1}', '/a\ufffd', 'json/damaged-text', 'U+FFFD'],
    ['un champ répété', '{"a":{"b":1,"b":2}}', '/a/b', 'json/repeated-field', 'deux fois'],
    ['un champ répété sous échappement', '{"a":1,"\\u0061":2}', '/a', 'json/repeated-field', 'deux fois'],
    ['__proto__', '{"__proto__":{"a":1}}', '/__proto__', 'json/forbidden-field', 'admis'],
  ])('refuse à son pointeur %s', (_, text, pointer, code, words) => {
    const result = read(text);
    expect(result).toMatchObject({
      problem: { code: 'json/refused-content', violations: [{ pointer, code }] },
    });
    expect(result.ok ? '' : result.problem.violations?.[0]?.detail).toContain(words);
  });

  it('laisse passer une paire de demi-codets, échappée ou non', () => {
    expect(read('["\\ud83d\\ude00","😀"]')).toEqual({ ok: true, value: ['😀', '😀'] });
  });

  it('ne dit que vingt fautes de contenu, à des pointeurs courts', () => {
    const result = read(
      `{${Array.from({ length: 5_000 }, (_, i) => `"${'k'.repeat(500)}${i}":"\\ud800"`).join(',')}}`,
    );
    if (result.ok) throw new Error('lu');
    expect(result.problem.violations).toHaveLength(21);
    expect(result.problem.violations?.[20]?.code).toBe('json/other-faults');
    expect(JSON.stringify(result.problem).length).toBeLessThan(32 * 1024);
  });

  it('refuse ce qui n’est pas de l’UTF-8 avant de rien lire', () => {
    expect(readJson(Uint8Array.from([0x22, 0xe9, 0x22]), 'Le fichier')).toMatchObject({
      problem: { code: 'texte/not-utf8', facts: { position: 1, ligne: 1, colonne: 2 } },
    });
  });

  it('ne change le prototype de rien', () => {
    const result = parseJson(bytes('{"a":{"__proto__":{"pollue":true},"constructor":1}}'), 'x');
    expect(result).toMatchObject({ ok: true, value: { a: { constructor: 1 } } });
    expect(result.ok && (result.value as { a: { pollue?: unknown } }).a.pollue).toBeUndefined();
  });
});
