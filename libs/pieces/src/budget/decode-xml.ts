import type { ReadableContent } from '../content/readable-content';
import { textAt, windowsOf } from '../content/readable-content';

const HEAD_OCTETS = 256;

/** L'encodage d'un XML : sa marque, sinon sa déclaration, sinon UTF-8. */
async function encodingOf(content: ReadableContent): Promise<string> {
  const head = await textAt(content, 0, HEAD_OCTETS);
  if (head.startsWith('\xef\xbb\xbf')) return 'utf-8';
  if (head.startsWith('\xff\xfe')) return 'utf-16le';
  if (head.startsWith('\xfe\xff')) return 'utf-16be';
  return /^<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1]?.toLowerCase() ?? 'utf-8';
}

/**
 * Le texte d'un XML, fenêtre après fenêtre, dans l'encodage qu'il déclare.
 * @throws RangeError pour un encodage inconnu, TypeError pour des octets qui n'en sont pas.
 */
export async function* decodedXml(content: ReadableContent): AsyncGenerator<string> {
  const encoding = await encodingOf(content);
  if (['iso-8859-1', 'latin1', 'us-ascii', 'ascii'].includes(encoding)) {
    // Le décodeur du web tient ces noms pour windows-1252 ; un lecteur XML, non.
    for await (const window of windowsOf(content)) yield window.toString('latin1');
    return;
  }
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const window of windowsOf(content)) yield decoder.decode(window, { stream: true });
  yield decoder.decode();
}
