import { composedFileName } from './file-name';

describe('le nom d’un fichier', () => {
  it('est le même, composé ou décomposé', () => {
    const composed = 'Délibération signée.pdf';
    expect(composedFileName(composed.normalize('NFD'))).toBe(composed);
    expect(composedFileName(composed)).toBe(composed);
  });

  it('ne change pas ce qui se ressemble seulement', () => {
    expect(composedFileName('ﬁche ½.pdf')).toBe('ﬁche ½.pdf');
  });
});
