import { fileNameFault } from './file-name-rules';

describe('un nom de fichier', () => {
  it.each([
    'extrait.pdf',
    'Délibération n° 3 – été œuvre (2).pdf',
    'e\u0301te\u0301.pdf',
    '文書.pdf',
    'é'.repeat(125) + '.pdf',
  ])('« %s » convient', (nom) => {
    expect(fileNameFault(nom)).toBeNull();
  });

  it.each([
    ['nul', 'a\u0000.pdf'],
    ['retour à la ligne', 'a\n.pdf'],
    ['échappement', 'a\u001b[2J.pdf'],
    ['contrôle C1', 'a\u0085.pdf'],
    ['suppression', 'a\u007f.pdf'],
    ['renversement', 'facture\u202Efdp.exe'],
    ['isolement', 'a\u2066b.pdf'],
    ['marque de droite à gauche', 'a\u200F.pdf'],
    ['marque arabe', 'a\u061C.pdf'],
    ['séparateur de ligne', 'a\u2028.pdf'],
    ['octets qui ne sont pas de l’UTF-8', 'd\uFFFDlib.pdf'],
    ['moitié de caractère', 'a\ud83d.pdf'],
  ])('à caractère invisible ou illisible (%s) est refusé', (_, nom) => {
    expect(fileNameFault(nom)?.code).toBe('piece/name-refused');
  });

  it('se compte en octets, et ne se cite pas en entier', () => {
    expect(fileNameFault('x'.repeat(255))).toBeNull();
    expect(fileNameFault('x'.repeat(256))?.code).toBe('piece/name-too-long');
    expect(fileNameFault('é'.repeat(128))?.code).toBe('piece/name-too-long');
    expect(fileNameFault('x'.repeat(100_000))?.detail.length).toBeLessThan(300);
  });
});
