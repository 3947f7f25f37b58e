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
    expect(checkTexteXml('a\u0007b\u000bc\ud83dd\ufffee\ufffd')).toMatchObject([
      { position: 1, caractere: 'U+0007', proposition: '' },
      { position: 3, caractere: 'U+000B', proposition: ' ' },
      { position: 5, caractere: 'U+D83D', proposition: '' },
      { position: 7, caractere: 'U+FFFE', proposition: '' },
      { position: 9, caractere: 'U+FFFD', proposition: '' },
    ]);
  });

  it('dit d’un caractère déjà perdu qu’il l’est, et de redonner le texte', () => {
    expect(checkTexteXml('é\ufffd')[0]?.detail).toBe(
      "Le caractère de remplacement U+FFFD, en position 2, dit qu'un caractère s'est perdu avant d'arriver ici : redonnez le texte d'origine.",
    );
    expect(checkTexteXml('\udc00')[0]?.detail).toContain('La moitié de caractère U+DC00');
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
