import type * as pdfjs from 'unpdf/pdfjs';
import { addIteratorMethods } from './iterator-methods';
import type { ReadableContent } from '../content/readable-content';
import { octetsAt } from '../content/readable-content';

const RANGE_OCTETS = 64 * 1024;
/** D'un document plus long, on charge les premières et les dernières pages. */
const PAGES_EACH_END = 1000;

/** Ce que PDF.js a trouvé. */
export type PdfOpening =
  | { readonly kind: 'open'; readonly pages: number; readonly isEncrypted: boolean }
  | { readonly kind: 'password' }
  | { readonly kind: 'missing-page'; readonly page: number }
  | { readonly kind: 'unreadable' };

let loading: Promise<typeof pdfjs> | undefined;

/** Charge PDF.js, une fois : c'est l'essentiel de ce que coûte le premier document. */
export function loadPdfJs(): Promise<typeof pdfjs> {
  addIteratorMethods();
  loading ??= import('unpdf/pdfjs');
  return loading;
}

/**
 * Ouvre un PDF comme le ferait un lecteur, par plages : d'un document sain, seuls le catalogue, la table et les pages sont lus, jamais
 * les images. Un document dont la table est à refaire est, lui, lu en entier.
 */
export async function openPdf(content: ReadableContent): Promise<PdfOpening> {
  const { getDocument, PDFDataRangeTransport } = await loadPdfJs();
  class Ranges extends PDFDataRangeTransport {
    override requestDataRange(begin: number, end: number): void {
      void octetsAt(content, begin, end - begin).then((octets) => {
        this.onDataRange(begin, new Uint8Array(octets));
      });
    }
  }
  const task = getDocument({
    range: new Ranges(content.tailleOctets, null),
    rangeChunkSize: RANGE_OCTETS,
    disableAutoFetch: true,
    disableStream: true,
    isEvalSupported: false,
    useSystemFonts: true,
    verbosity: 0,
  });
  try {
    return await describe(await task.promise);
  } catch (error) {
    return (error as Error).name === 'PasswordException' ? { kind: 'password' } : { kind: 'unreadable' };
  } finally {
    await task.destroy().catch(() => undefined);
  }
}

async function describe(pdf: pdfjs.PDFDocumentProxy): Promise<PdfOpening> {
  const { info } = await pdf.getMetadata();
  const { EncryptFilterName: filter = null } = info as { readonly EncryptFilterName?: string | null };
  const isEncrypted = filter !== null;
  if (isEncrypted) return { kind: 'open', pages: pdf.numPages, isEncrypted };
  for (let page = 1; page <= pdf.numPages; page += 1) {
    if (page > PAGES_EACH_END && page <= pdf.numPages - PAGES_EACH_END) continue;
    try {
      await pdf.getPage(page);
    } catch {
      return { kind: 'missing-page', page };
    }
  }
  return { kind: 'open', pages: pdf.numPages, isEncrypted };
}
