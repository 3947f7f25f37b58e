import { formatOf } from './format';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('le format d’un fichier', () => {
  it.each([
    ['%PDF-1.7\n…', 'pdf'],
    ['\xef\xbb\xbf  %PDF-1.4', 'pdf'],
    ['\x89PNG\r\n\x1a\n…', 'png'],
    ['\xff\xd8\xff\xe0…', 'jpg'],
    ['<?xml version="1.0"?><a/>', 'xml'],
    ['\xef\xbb\xbf<DocumentBudgetaire>', 'xml'],
  ])('se reconnaît au contenu : %j', (content, format) => {
    expect(formatOf(bytes(content))).toBe(format);
  });

  it.each(['', 'MZ…', 'PK\x03\x04', '<!DOCTYPE html><html>', '<html>', 'bonjour', '\x89PNG tronqué'])(
    'ne se devine pas : %j',
    (content) => {
      expect(formatOf(bytes(content))).toBeNull();
    },
  );
});
