import fc from 'fast-check';
import { decodeUtf8 } from './decode-utf8';
import { firstInvalidUtf8 } from './invalid-utf8';

describe('firstInvalidUtf8', () => {
  it('tombe d’accord avec le décodeur de la plate-forme sur tous les octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        const isValid = Buffer.from(Buffer.from(bytes).toString('utf8')).equals(Buffer.from(bytes));
        expect(firstInvalidUtf8(bytes) === -1).toBe(isValid);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    [[0x61, 0xc3], 1],
    [[0xed, 0xa0, 0x80], 0],
    [[0xc3, 0xa9, 0xff], 2],
    [[0xf0, 0x9f, 0x98, 0x80, 0xc0], 4],
  ])('situe la faute de %o', (bytes, position) => {
    expect(firstInvalidUtf8(Uint8Array.from(bytes))).toBe(position);
  });
});

describe('decodeUtf8', () => {
  const read = (bytes: Uint8Array): unknown => {
    const result = decodeUtf8(bytes, 'Le fichier');
    return result.ok ? result.value : result.problem.facts;
  };
  const phrase = (bytes: Uint8Array): string => {
    const result = decodeUtf8(bytes, 'Le fichier');
    return result.ok ? 'lu' : result.problem.detail;
  };
  const octets = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

  it('rend tout texte, sa marque d’ordre ôtée une fois', () => {
    expect(read(Buffer.from('\ufeffé € 😀 \ufffd'))).toBe('é € 😀 \ufffd');
    expect(read(Buffer.from('\ufeff\ufeffa'))).toBe('\ufeffa');
    expect(read(new Uint8Array())).toBe('');
  });

  it.each<[string, Uint8Array, string]>([
    ['UTF-16 LE avec marque', Buffer.from('\ufeff{}', 'utf16le'), 'UTF-16 (petit-boutiste)'],
    ['UTF-16 LE sans marque', Buffer.from('{}', 'utf16le'), 'UTF-16 (petit-boutiste)'],
    ['UTF-16 BE avec marque', Buffer.from('\ufeff{}', 'utf16le').swap16(), 'UTF-16 (gros-boutiste)'],
    ['UTF-16 BE sans marque', Buffer.from('{}', 'utf16le').swap16(), 'UTF-16 (gros-boutiste)'],
    ['UTF-32 LE', octets('7b 00 00 00 7d 00 00 00'), 'UTF-32'],
    ['UTF-32 BE', octets('00 00 00 7b 00 00 00 7d'), 'UTF-32'],
    ['UTF-32 LE avec marque', octets('ff fe 00 00 7b 00 00 00'), 'UTF-32'],
  ])('reconnaît %s', (_, bytes, encodage) => {
    expect(read(bytes)).toEqual({ position: 0, ligne: 1, colonne: 1, encodage });
    expect(phrase(bytes)).toContain(`est en ${encodage}, non en UTF-8`);
  });

  it.each<[string, Uint8Array, object]>([
    [
      'latin-1',
      Buffer.from('{\n "é"', 'latin1'),
      { position: 4, ligne: 2, colonne: 3, encodage: 'ISO-8859-1 ou windows-1252' },
    ],
    [
      'windows-1252',
      Buffer.concat([Buffer.from('l'), octets('92 e9 63 6f 6c 65')]),
      { position: 1, encodage: 'windows-1252' },
    ],
    [
      'DOS',
      octets('22 63 72 82 61 74 69 6f 6e 20 85 20 6c 27 82 63 6f 6c 65 22'),
      { position: 3, encodage: 'DOS (IBM850)' },
    ],
    [
      'Mac',
      octets('63 72 8e 61 74 69 6f 6e 20 88 20 6c d5 8e 63 6f 6c 65'),
      { position: 2, encodage: 'Mac Roman' },
    ],
    ['après une marque d’ordre', octets('ef bb bf 61 e9 62'), { position: 4, colonne: 2 }],
    [
      'un mélange',
      Buffer.concat([Buffer.from('déjà '), octets('e9 74 e9')]),
      { position: 7, colonne: 6, encodage: 'inconnu' },
    ],
    ['rien de connu', octets('61 ff fe 62'), { position: 1, encodage: 'inconnu' }],
    ['un texte coupé', Buffer.from('un été').subarray(0, -1), { position: 6, encodage: 'UTF-8' }],
  ])('situe le premier octet fautif et dit l’encodage probable : %s', (_, bytes, facts) => {
    expect(read(bytes)).toMatchObject(facts);
    expect(phrase(bytes)).toMatch(/^Le fichier .*ligne \d+, colonne \d+ \(octet \d+, valeur [0-9A-F]{2}\)/);
  });

  it('dit quoi faire', () => {
    expect(phrase(Buffer.from('été', 'latin1'))).toBe(
      "Le fichier n'est pas en UTF-8 : premier octet fautif ligne 1, colonne 1 (octet 0, valeur E9). Encodage probable : ISO-8859-1 ou windows-1252. Enregistrez ou envoyez ce texte en UTF-8, puis recommencez.",
    );
  });
});
