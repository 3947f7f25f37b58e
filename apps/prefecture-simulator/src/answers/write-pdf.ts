const PAR_LIGNE = 88;
const LIGNES_PAR_PAGE = 50;

function wrap(texte: string): readonly string[] {
  return texte.split('\n').flatMap((paragraphe) => {
    const lignes: string[] = [];
    let ligne = '';
    for (const mot of paragraphe.split(' ').flatMap((m) => m.match(/.{1,88}/gs) ?? [''])) {
      if (ligne !== '' && ligne.length + mot.length >= PAR_LIGNE) {
        lignes.push(ligne);
        ligne = mot;
        continue;
      }
      ligne = ligne === '' ? mot : `${ligne} ${mot}`;
    }
    return [...lignes, ligne];
  });
}

// Helvetica en WinAnsi : ce que Latin-1 n'a pas y perdrait son sens, un point d'interrogation au moins se voit.
const escapePdf = (texte: string): string =>
  texte
    .replaceAll('’', "'")
    .replaceAll('œ', 'oe')
    .replace(/[^\u0020-\u007E\u00A0-\u00FF]/gu, '?')
    .replace(/[\\()]/g, String.raw`\$&`);

/** Écrit un PDF lisible par tous, en Helvetica sur des pages A4 : un titre, puis un texte coupé en lignes. */
export function writePdf(titre: string, texte: string): Buffer {
  const lignes = wrap(texte);
  const pages = Array.from({ length: Math.max(1, Math.ceil(lignes.length / LIGNES_PAR_PAGE)) }, (_, page) =>
    lignes.slice(page * LIGNES_PAR_PAGE, (page + 1) * LIGNES_PAR_PAGE),
  );
  const rangOfPage = (page: number): number => 4 + 2 * page;
  const objets = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, page) => `${rangOfPage(page)} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((contenu, page) => {
      const tete = page === 0 ? `/F1 16 Tf (${escapePdf(titre)}) Tj 0 -30 Td ` : '';
      const corps = contenu.map((ligne) => `(${escapePdf(ligne)}) Tj T*`).join(' ');
      const flux = `BT 56 780 Td ${tete}/F1 11 Tf 15 TL ${corps} ET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${rangOfPage(page) + 1} 0 R >>`,
        `<< /Length ${flux.length} >>\nstream\n${flux}\nendstream`,
      ];
    }),
  ];
  let fichier = '%PDF-1.4\n';
  const places: number[] = [];
  for (const [rang, objet] of objets.entries()) {
    places.push(fichier.length);
    fichier += `${rang + 1} 0 obj\n${objet}\nendobj\n`;
  }
  const table = places.map((place) => `${`${place}`.padStart(10, '0')} 00000 n \n`).join('');
  const pied = `trailer << /Size ${objets.length + 1} /Root 1 0 R >>\nstartxref\n${fichier.length}\n%%EOF\n`;
  return Buffer.from(
    `${fichier}xref\n0 ${objets.length + 1}\n0000000000 65535 f \n${table}${pied}`,
    'latin1',
  );
}
