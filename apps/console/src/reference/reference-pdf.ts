import type { PDFFont, PDFPage } from '@cantoo/pdf-lib';
import { PDFDocument, rgb, StandardFonts } from '@cantoo/pdf-lib';

/** Une page se compose de lignes : un titre, ou un paragraphe. */
export interface Paragraph {
  readonly style: 'titre' | 'sous-titre' | 'texte';
  readonly texte: string;
}

const MARGIN = 64;
const WIDTH = 595;
const HEIGHT = 842;
const SIZES = { titre: 15, 'sous-titre': 12, texte: 10.5 } as const;

/** Les mêmes faits donnent les mêmes octets, à toute heure : un second dépôt est alors reconnu comme le même. */
const FIXED_DATE = new Date('2022-10-20T19:00:00Z');

function wrap(texte: string, font: PDFFont, size: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of texte.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (font.widthOfTextAtSize(longer, size) <= WIDTH - 2 * MARGIN) {
      line = longer;
      continue;
    }
    lines.push(line);
    line = word;
  }
  return [...lines, line];
}

/** Met des paragraphes en pages A4. Déterministe. */
export async function composePdf(
  titre: string,
  auteur: string,
  paragraphs: readonly Paragraph[],
): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  pdf.setTitle(titre);
  pdf.setAuthor(auteur);
  pdf.setLanguage('fr-FR');
  pdf.setCreationDate(FIXED_DATE);
  pdf.setModificationDate(FIXED_DATE);
  const regular = await pdf.embedFont(StandardFonts.Helvetica);
  const bold = await pdf.embedFont(StandardFonts.HelveticaBold);
  let page: PDFPage = pdf.addPage([WIDTH, HEIGHT]);
  let y = HEIGHT - MARGIN;
  for (const { style, texte } of paragraphs) {
    const size = SIZES[style];
    const font = style === 'texte' ? regular : bold;
    y -= style === 'texte' ? 4 : 12;
    for (const line of wrap(texte, font, size)) {
      if (y < MARGIN + size) {
        page = pdf.addPage([WIDTH, HEIGHT]);
        y = HEIGHT - MARGIN;
      }
      page.drawText(line, { x: MARGIN, y, size, font, color: rgb(0.1, 0.1, 0.1) });
      y -= size * 1.45;
    }
  }
  return pdf.save({ useObjectStreams: false });
}
