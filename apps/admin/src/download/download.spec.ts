import { attachmentOf, mimeTypeOf } from './download';

describe('attachmentOf', () => {
  it.each([
    ['acte.pdf', `attachment; filename="acte.pdf"; filename*=UTF-8''acte.pdf`],
    [
      'délibération n° 62.pdf',
      `attachment; filename="deliberation n_ 62.pdf"; filename*=UTF-8''d%C3%A9lib%C3%A9ration%20n%C2%B0%2062.pdf`,
    ],
    [
      'a"b\r\nSet-Cookie: x.pdf',
      `attachment; filename="a_b__Set-Cookie: x.pdf"; filename*=UTF-8''a%22b__Set-Cookie%3A%20x.pdf`,
    ],
    ['../../etc\\passwd', `attachment; filename=".._.._etc_passwd"; filename*=UTF-8''.._.._etc_passwd`],
    ["l'avis (1).pdf", `attachment; filename="l'avis (1).pdf"; filename*=UTF-8''l%27avis%20%281%29.pdf`],
    ['demi\ud800.pdf', `attachment; filename="demi_.pdf"; filename*=UTF-8''demi_.pdf`],
  ])('de %j fait un en-tête sûr', (nom, expected) => {
    expect(attachmentOf(nom)).toBe(expected);
  });
});

describe('mimeTypeOf', () => {
  it('ne devine rien d’un format inconnu', () => {
    expect(mimeTypeOf('pdf')).toBe('application/pdf');
    expect(mimeTypeOf('html')).toBe('application/octet-stream');
  });
});
