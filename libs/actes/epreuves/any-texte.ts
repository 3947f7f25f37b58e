import fc from 'fast-check';

/** Ce qui se lit autrement qu'il ne s'écrit, quand on n'y prend pas garde. */
const PIEGES = [
  '&',
  '&amp;',
  '&amp;amp;',
  '&lt;b&gt;',
  '&#39;',
  '&#x26;',
  '&#0;',
  '&#13;',
  '&eacute;',
  '&inconnue;',
  'R&D;',
  'S&T ;',
  '<',
  '>',
  ']]>',
  '<![CDATA[a]]>',
  '<!-- a -->',
  '<?xml version="1.0"?>',
  '<!DOCTYPE a>',
  '"',
  "'",
  '\n',
  '\r',
  '\r\n',
  '\t',
  ' ',
  '  ',
  '\u00a0',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\u0092',
  '\u0080',
  '\u009f',
  'Ã©',
  'â\u0082¬',
  'é',
  'œ',
  '’',
  '€',
  'e\u0301',
  '\u{1f600}',
  '\u{10ffff}',
  '\ufffd',
  '\ufffe',
  '\u0000',
  '\u0007',
  '\ud83d',
  '\udc00',
] as const;

/** Un texte fait de tout Unicode, demi-codets isolés compris, et de pièges, en tête et en queue aussi. */
export function anyTexte(): fc.Arbitrary<string> {
  const piege = fc.constantFrom(...PIEGES);
  const unite = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
  const latin = fc.integer({ min: 0x80, max: 0xff }).map((code) => String.fromCharCode(code));
  const morceau = fc.oneof(
    { weight: 4, arbitrary: piege },
    { weight: 2, arbitrary: latin },
    { weight: 1, arbitrary: unite },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
    { weight: 2, arbitrary: fc.string({ maxLength: 6 }) },
  );
  return fc.array(morceau, { minLength: 1, maxLength: 8 }).map((morceaux) => morceaux.join(''));
}
