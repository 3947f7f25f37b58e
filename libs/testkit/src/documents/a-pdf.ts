import { createCipheriv, createHash } from 'node:crypto';

/** Ce qu'un essai veut d'un PDF. Les mêmes souhaits donnent les mêmes octets. */
export interface PdfWishes {
  /** Écrit sur la première page, en clair dans les octets ; il rend le document unique. */
  readonly texte?: string;
  readonly pages?: number;
  /** La taille exacte, atteinte par des images incompressibles ; au moins celle du document nu, qu'elle ne peut pas réduire. */
  readonly octets?: number;
}

const IMAGE_COTE = 1024;
const IMAGE_OCTETS = IMAGE_COTE * IMAGE_COTE;
/** Ce que pèse une image autour de ses octets, ligne de la table et appel sur la page compris ; large, le reste se comble. */
const AUTOUR_OCTETS = 320;

/** Un petit PDF valide, entier en mémoire. @param wishes un texte suffit le plus souvent. */
export function aPdf(wishes: string | PdfWishes = {}): Buffer {
  return Buffer.concat([...pdfChunks(typeof wishes === 'string' ? { texte: wishes } : wishes)]);
}

/**
 * Un PDF valide, morceau par morceau et sans jamais le tenir en mémoire : catalogue, pages à texte, images en niveaux de gris quand il
 * faut du poids, table des références classique. Il s'ouvre dans tout lecteur.
 */
export function* pdfChunks({ texte = 'extrait', pages = 1, octets = 0 }: PdfWishes): Generator<Buffer> {
  const images = imagesFor(octets, texte, pages);
  const writer = new PdfWriter();
  yield writer.text('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n');
  const police = 3;
  const firstPage = 4;
  const firstImage = firstPage + 2 * pages;
  const kids = Array.from({ length: pages }, (_, n) => `${firstPage + 2 * n} 0 R`).join(' ');
  yield writer.object(1, '<< /Type /Catalog /Pages 2 0 R >>');
  yield writer.object(2, `<< /Type /Pages /Kids [ ${kids} ] /Count ${pages} >>`);
  yield writer.object(police, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>');
  for (let page = 0; page < pages; page += 1) {
    const own = images.map((_, rank) => firstImage + rank).filter((_, rank) => rank % pages === page);
    const objet = firstPage + 2 * page;
    const xobjects = own.map((id) => `/I${id} ${id} 0 R`).join(' ');
    const drawings = own.map((id) => `q 400 0 0 400 90 90 cm /I${id} Do Q\n`).join('');
    const lines = textLines(page === 0 ? texte : `page ${page + 1}`);
    yield writer.object(
      objet,
      `<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents ${objet + 1} 0 R /Resources << /Font << /F1 ${police} 0 R >> /XObject << ${xobjects} >> >> >>`,
    );
    yield writer.stream(objet + 1, '', Buffer.from(`${drawings}${lines}`, 'latin1'));
  }
  const noise = noiseOf(texte);
  for (const [rank, size] of images.entries()) {
    const hauteur = Math.max(1, Math.floor(size / IMAGE_COTE));
    const dictionary = `/Type /XObject /Subtype /Image /Width ${IMAGE_COTE} /Height ${hauteur} /ColorSpace /DeviceGray /BitsPerComponent 8 `;
    yield writer.stream(firstImage + rank, dictionary, noise(hauteur * IMAGE_COTE));
  }
  yield writer.end(octets);
}

/** La taille de chaque image à ajouter, en octets. */
function imagesFor(octets: number, texte: string, pages: number): readonly number[] {
  if (octets === 0) return [];
  let bare = 0;
  for (const chunk of pdfChunks({ texte, pages })) bare += chunk.length;
  const room = octets - bare;
  if (room < IMAGE_COTE + AUTOUR_OCTETS) return [];
  const count = Math.ceil(room / (IMAGE_OCTETS + AUTOUR_OCTETS));
  const size = Math.min(IMAGE_OCTETS, Math.floor(room / count) - AUTOUR_OCTETS);
  return size < IMAGE_COTE ? [] : Array.from({ length: count }, () => size);
}

function textLines(texte: string): string {
  const lines = texte.split('\n').map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`);
  return `BT /F1 11 Tf 14 TL 56 786 Td\n${lines.join('\n')}\nET\n`;
}

/** Des octets que nul compresseur ne réduit, propres à cette graine : un chiffrement de zéros, au débit du disque. */
function noiseOf(graine: string): (length: number) => Buffer {
  const key = createHash('sha256').update(graine).digest();
  const cipher = createCipheriv('aes-128-ctr', key.subarray(0, 16), key.subarray(16));
  return (length) => cipher.update(Buffer.alloc(length));
}

/** Écrit les objets à la suite et retient où chacun commence. */
class PdfWriter {
  private offset = 0;
  private readonly starts: number[] = [];

  text(content: string): Buffer {
    return this.push(Buffer.from(content, 'latin1'));
  }

  object(id: number, body: string): Buffer {
    this.starts[id] = this.offset;
    return this.text(`${id} 0 obj\n${body}\nendobj\n`);
  }

  stream(id: number, dictionary: string, content: Buffer): Buffer {
    this.starts[id] = this.offset;
    return this.push(
      Buffer.concat([
        Buffer.from(`${id} 0 obj\n<< ${dictionary}/Length ${content.length} >>\nstream\n`, 'latin1'),
        content,
        Buffer.from('\nendstream\nendobj\n', 'latin1'),
      ]),
    );
  }

  /** La table et la fin, après le commentaire qui amène le document à sa taille. */
  end(octets: number): Buffer {
    let padding = 0;
    // Le nombre de chiffres de « startxref » dépend de la place qu'il annonce : deux tours suffisent à l'accorder.
    for (let turn = 0; turn < 3; turn += 1)
      padding = Math.max(0, octets - this.offset - this.tableAt(this.offset + padding).length);
    const comment = padding < 2 ? '\n'.repeat(padding) : `%${' '.repeat(padding - 2)}\n`;
    return this.text(`${comment}${this.tableAt(this.offset + padding)}`);
  }

  private tableAt(offset: number): string {
    const size = this.starts.length;
    const entries = this.starts.slice(1).map((start) => `${String(start).padStart(10, '0')} 00000 n \n`);
    return `xref\n0 ${size}\n0000000000 65535 f \n${entries.join('')}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${offset}\n%%EOF\n`;
  }

  private push(content: Buffer): Buffer {
    this.offset += content.length;
    return content;
  }
}
