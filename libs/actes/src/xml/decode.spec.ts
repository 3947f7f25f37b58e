import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { anyTexte } from '../../epreuves/any-texte';
import { checkTexteXml } from '../texte/check-texte-xml';
import { decodeXml } from './decode';
import { encodeLatin1 } from './encode';
import { parseXml } from './parse-xml';
import { serialize } from './serialize';

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

describe('Le texte écrit', () => {
  const lu = (texte: string): unknown => {
    const bytes = encodeLatin1(
      serialize({ nom: 'a', attributs: [['b', texte]], contenu: texte }, 'ISO-8859-1'),
    );
    const parsed = parseXml(bytes);
    if (!parsed.ok) return parsed.problem.detail;
    const { racine, encodage } = parsed.value;
    return [racine.texte, racine.attributs[0]?.valeur, encodage];
  };

  it('se relit lui-même, dans un texte comme dans un attribut, quel qu’il soit', () => {
    fc.assert(
      fc.property(anyTexte(), (texte) => {
        fc.pre(checkTexteXml(texte).length === 0);
        expect(lu(texte)).toEqual([texte, texte, 'ISO-8859-1']);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['Ã©', 'Â°', 'ð\u009f\u0098\u0080', 'â\u0082¬', 'Ã', '©', '\u0085\u0092', 'é Ã©'])(
    'ne passe pas pour de l’UTF-8 ni pour du windows-1252 : %j',
    (texte) => {
      expect(lu(texte)).toEqual([texte, texte, 'ISO-8859-1']);
    },
  );
});
