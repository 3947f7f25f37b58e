import { writePdf } from './write-pdf';

const TEXTE = `Où est le plan ? (pièce \\ n° 1)\n\n${'un mot assez long '.repeat(600)}${'x'.repeat(200)}`;

describe('writePdf', () => {
  const pdf = writePdf("Lettre d'observations", TEXTE).toString('latin1');

  it('dit où commence chacun de ses objets, et sa table', () => {
    const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(pdf)?.[1]);
    expect(pdf.slice(table, table + 5)).toBe('xref\n');
    const places = [...pdf.slice(table).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, place]) => Number(place));
    expect(places.length).toBe(Number(/\/Size (\d+)/.exec(pdf)?.[1]) - 1);
    for (const [rang, place] of places.entries()) {
      expect(pdf.slice(place).startsWith(`${rang + 1} 0 obj\n`)).toBe(true);
    }
  });

  it('dit la longueur exacte de chaque page, et coupe un long texte en plusieurs', () => {
    const flux = [...pdf.matchAll(/\/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/g)];
    expect(flux.length).toBeGreaterThan(2);
    expect(pdf).toContain(`/Count ${flux.length} `);
    for (const [, longueur, contenu] of flux) expect(contenu).toHaveLength(Number(longueur));
    const lignes = [...pdf.matchAll(/\(((?:\\.|[^()\\])*)\) Tj T\*/g)].map(([, ligne]) => ligne ?? '');
    expect(lignes.every((ligne) => ligne.length <= 92)).toBe(true);
  });

  it('protège les parenthèses et garde les accents', () => {
    expect(pdf).toContain(String.raw`(Où est le plan ? \(pièce \\ n° 1\)) Tj`);
  });
});
