import type { Format } from './deliberation';

/** Ce qu'il faut lire d'un fichier pour en reconnaître le format, en octets. */
export const FORMAT_HEAD_BYTES = 1024;

const SIGNATURES: readonly (readonly [Format, readonly number[]])[] = [
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['jpg', [0xff, 0xd8, 0xff]],
];

/**
 * Le format d'un fichier d'après ses premiers octets, jamais d'après son nom. Un PDF peut porter quelques octets avant sa marque.
 * @returns `null` pour tout autre contenu.
 */
export function formatOf(head: Uint8Array): Format | null {
  for (const [format, signature] of SIGNATURES) {
    if (signature.every((byte, index) => head[index] === byte)) return format;
  }
  const text = String.fromCharCode(...head.subarray(0, FORMAT_HEAD_BYTES));
  if (text.includes('%PDF-')) return 'pdf';
  return /^(?:\xef\xbb\xbf)?\s*<(?:\?xml|[A-Za-z_])/.test(text) &&
    !/^(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)/i.test(text)
    ? 'xml'
    : null;
}
