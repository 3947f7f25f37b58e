import fc from 'fast-check';
import { parseXml } from '../xml/parse-xml';
import { checkTexteXml } from './check-texte-xml';

describe('checkTexteXml', () => {
  it.each(["L'œuvre à 45 € – “citée”…", 'emoji \u{1f600}', 'ligne\net tabulation\t', 'ﬁn \u0085'])(
    'laisse passer « %s »',
    (texte) => {
      expect(checkTexteXml(texte)).toEqual([]);
    },
  );

  it('situe chaque caractère impossible et propose son remplacement', () => {
    expect(checkTexteXml('a\u0007b\u000bc\ud83dd\ufffe')).toMatchObject([
      { position: 1, caractere: 'U+0007', proposition: '' },
      { position: 3, caractere: 'U+000B', proposition: ' ' },
      { position: 5, caractere: 'U+D83D', proposition: '' },
      { position: 7, caractere: 'U+FFFE', proposition: '' },
    ]);
  });

  it('n’accepte que ce qu’un analyseur XML accepte, et tout cela', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 0x2ff }).map((code) => String.fromCharCode(code)),
        (character) => {
          const bytes = new TextEncoder().encode(
            `<?xml version="1.0"?><a>${character.replace(/[<&]/, 'x')}</a>`,
          );
          expect(parseXml(bytes).ok).toBe(checkTexteXml(character).length === 0);
        },
      ),
    );
  });
});
