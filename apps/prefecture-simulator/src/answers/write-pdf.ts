import type { PDFFont, PDFPage } from '@cantoo/pdf-lib';
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';

const WIDTH = 595;
const HEIGHT = 842;
const MARGIN = 56;
const TITLE_SIZE = 16;
const SIZE = 11;
const LINE = 15;
/** Les mêmes mots donnent les mêmes octets, à toute heure. */
const FIXED_DATE = new Date(0);

/** Helvetica n'a que les lettres de l'ouest de l'Europe : le reste y perdrait son sens, un point d'interrogation au moins se voit. */
function writable(texte: string, font: PDFFont): string {
  const known = new Set(font.getCharacterSet());
  return Array.from(texte, (signe) => (known.has(signe.codePointAt(0) ?? 0) ? signe : '?')).join('');
}

function wrap(paragraphe: string, font: PDFFont): readonly string[] {
  const fits = (texte: string): boolean => font.widthOfTextAtSize(texte, SIZE) <= WIDTH - 2 * MARGIN;
  const lignes: string[] = [];
  let ligne = '';
  for (const mot of paragraphe.split(' ')) {
    const longer = ligne === '' ? mot : `${ligne} ${mot}`;
    if (fits(longer)) {
      ligne = longer;
      continue;
    }
    if (ligne !== '') lignes.push(ligne);
    ligne = '';
    // Un mot plus large que la page se coupe où elle finit.
    for (const signe of mot) {
      if (!fits(ligne + signe)) {
        lignes.push(ligne);
        ligne = '';
      }
      ligne += signe;
    }
  }
  return [...lignes, ligne];
}

/** Écrit un PDF lisible par tous, en Helvetica sur des pages A4 : un titre, puis un texte coupé en lignes. Déterministe. */
export async function writePdf(titre: string, texte: string): Promise<Buffer> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  pdf.setTitle(titre);
  pdf.setLanguage('fr-FR');
  pdf.setCreationDate(FIXED_DATE);
  pdf.setModificationDate(FIXED_DATE);
  const open = (): PDFPage => {
    const opened = pdf.addPage([WIDTH, HEIGHT]);
    opened.setFont(font);
    return opened;
  };
  let page = open();
  let y = HEIGHT - MARGIN - TITLE_SIZE;
  page.drawText(writable(titre, font), { x: MARGIN, y, size: TITLE_SIZE });
  y -= 2 * LINE;
  for (const ligne of texte.split('\n').flatMap((paragraphe) => wrap(writable(paragraphe, font), font))) {
    if (y < MARGIN) {
      page = open();
      y = HEIGHT - MARGIN - SIZE;
    }
    page.drawText(ligne, { x: MARGIN, y, size: SIZE });
    y -= LINE;
  }
  return Buffer.from(await pdf.save());
}
