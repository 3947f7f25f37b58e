import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { decodeXml } from './decode';
import { encodeLatin1 } from './encode';
import { parseXml } from './parse-xml';

const decoded = (bytes: Uint8Array): unknown => {
  const result = decodeXml(bytes);
  if (!result.ok) return result.problem.code;
  const { texte, encodage, ecarts } = result.value;
  return [texte.replace(/^<\?.*?\?>/, ''), encodage, ecarts.map(({ regle }) => regle)];
};
const declare = (encoding: string, body: Buffer): Uint8Array =>
  new Uint8Array(Buffer.concat([Buffer.from(`<?xml version="1.0" encoding="${encoding}"?>`), body]));

describe('decodeXml', () => {
  it.each([
    ['ISO-8859-1', Buffer.from('é', 'latin1'), ['é', 'ISO-8859-1', []]],
    ['iso-8859-1', Buffer.from('a'), ['a', 'ISO-8859-1', []]],
    ['ISO-8859-1', Buffer.from('é', 'utf8'), ['é', 'UTF-8', ['xml/encodage-menteur']]],
    ['ISO-8859-1', Buffer.from([0x9c, 0x75, 0xe9]), ['œué', 'windows-1252', ['xml/encodage-menteur']]],
    ['windows-1252', Buffer.from([0x80, 0x92, 0x81]), ['€’\u0081', 'windows-1252', []]],
    ['UTF-8', Buffer.from('œ€😀'), ['œ€😀', 'UTF-8', []]],
    ['utf-8', Buffer.from([0xe9]), 'xml/invalid-bytes'],
    ['KOI8-R', Buffer.from('a'), 'xml/unknown-encoding'],
  ])('sous la déclaration %s, lit les octets %o', (encoding, body, expected) => {
    expect(decoded(declare(encoding, body))).toEqual(expected);
  });

  it('lit en UTF-8 un fichier sans déclaration, marque d’ordre comprise', () => {
    expect(decoded(new Uint8Array(Buffer.from('é')))).toEqual(['é', 'UTF-8', []]);
    expect(decoded(new Uint8Array(Buffer.from('\ufeffé')))).toEqual(['é', 'UTF-8', []]);
  });

  it('comprend une déclaration entre apostrophes', () => {
    const bytes = Buffer.from("<?xml version='1.0' encoding='ISO-8859-1' ?>é", 'latin1');
    expect(decoded(new Uint8Array(bytes))).toEqual(['é', 'ISO-8859-1', []]);
  });
});

describe('encodeLatin1', () => {
  it('ne perd aucun caractère, et rien ne sort de l’ASCII que le latin-1 ne sache', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        fc.pre(/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(text));
        const escaped = text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
        const bytes = encodeLatin1(`<?xml version="1.0" encoding="ISO-8859-1"?><a>${escaped}</a>`);
        expect(Buffer.from(bytes).includes(Buffer.from('\r'))).toBe(false);
        const parsed = parseXml(bytes);
        fc.pre(!parsed.ok || parsed.value.encodage === 'ISO-8859-1');
        expect(parsed.ok && parsed.value.racine.texte).toBe(text);
      }),
      { numRuns: 1_000 },
    );
  });
});
