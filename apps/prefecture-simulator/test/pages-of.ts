import { extractText, getDocumentProxy } from 'unpdf';

/** Le texte de chaque page d'un PDF, lu par une autre bibliothèque que celle qui l'écrit. */
export async function pagesOf(octets: Buffer): Promise<readonly string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(octets)));
  return text;
}
