import { PDFDocument } from '@cantoo/pdf-lib';
import { pagesOf } from '../../test/pages-of';
import { writePdf } from './write-pdf';

const TITRE = 'Lettre d’observations';
const TEXTE = `Où est le plan ? (pièce \\ n° 1, l’œuvre à 3 €)\n\n${'un mot assez long '.repeat(600)}${'x'.repeat(200)}`;

describe('writePdf', () => {
  it('s’ouvre dans un autre lecteur, entier, et coupe un long texte en plusieurs pages', async () => {
    const pages = await pagesOf(await writePdf(TITRE, TEXTE));
    expect(pages.length).toBeGreaterThan(2);
    const words = pages.join(' ').match(/\bmot\b/g) ?? [];
    expect(words).toHaveLength(600);
    expect(pages.join('').match(/x/g)).toHaveLength(200);
  });

  it('garde les accents, la ponctuation et les parenthèses ; dit d’un signe qu’il manque', async () => {
    const [first = ''] = await pagesOf(await writePdf(TITRE, TEXTE));
    expect(first).toContain(TITRE);
    expect(first).toContain('Où est le plan ? (pièce \\ n° 1, l’œuvre à 3 €)');
    const [odd = ''] = await pagesOf(await writePdf('Titre 文', 'Ж et une page'));
    expect([odd.includes('Titre ?'), odd.includes('? et une page')]).toEqual([true, true]);
  });

  it('rend les mêmes octets pour les mêmes mots, et ne déborde d’aucune page', async () => {
    const octets = await writePdf(TITRE, TEXTE);
    expect((await writePdf(TITRE, TEXTE)).equals(octets)).toBe(true);
    const pages = (await PDFDocument.load(octets)).getPages();
    expect(pages.map((page) => page.getSize())).toEqual(pages.map(() => ({ width: 595, height: 842 })));
  });
});
