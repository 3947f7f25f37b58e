import { MalformedAnchor, readAnchor, writeAnchor } from './anchor-file';

const HEADS = [
  { chaine: '01900000-0000-7000-8000-000000000001', rang: 12, empreinte: 'a'.repeat(64) },
  { chaine: 'plateforme', rang: 3, empreinte: 'b'.repeat(64) },
];
const TEXT = writeAnchor(HEADS, '2027-01-01T00:00:00.000Z');

describe('une ancre du journal', () => {
  it('se relit telle qu’elle a été écrite, même passée par un autre système', () => {
    expect(readAnchor(TEXT)).toEqual(HEADS);
    expect(readAnchor(TEXT.replaceAll('\n', '\r\n'))).toEqual(HEADS);
  });

  it('d’un service neuf n’a pas de tête', () => {
    expect(readAnchor(writeAnchor([], '2027-01-01T00:00:00.000Z'))).toEqual([]);
  });

  it.each([
    ['coupée', TEXT.slice(0, 150)],
    ['sans sa dernière ligne', TEXT.split('# sha256')[0] ?? ''],
    ['dont un rang a été changé', TEXT.replace(' 12 ', ' 11 ')],
    ['d’une autre nature', '{"json":true}'],
    ['vide', ''],
  ])('%s est refusée', (_, text) => {
    expect(() => readAnchor(text)).toThrow(MalformedAnchor);
  });
});
