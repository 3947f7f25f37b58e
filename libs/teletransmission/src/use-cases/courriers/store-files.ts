import { readArchiveRetour } from '@teletransmission/actes';
import type { Readable } from 'node:stream';
import type { DocumentStore, StoredContent } from '../../ports/pieces/document-store';

/** Range les fichiers ainsi nommés d'une archive ; les autres sont sautés. Ne lit rien d'une archive qui n'en est pas une. */
export async function storeFiles(
  archive: Readable,
  noms: readonly string[],
  documents: DocumentStore,
): Promise<ReadonlyMap<string, StoredContent>> {
  const stored = new Map<string, StoredContent>();
  if (noms.length === 0) {
    archive.destroy();
    return stored;
  }
  await readArchiveRetour(archive, async (nom, _taille, contenu) => {
    if (nom !== null && noms.includes(nom)) stored.set(nom, await documents.put(contenu));
  });
  return stored;
}
