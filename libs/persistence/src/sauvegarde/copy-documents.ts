import type { FileDocumentStore } from '../documents/file-document-store';
import { StoreFailure } from '@teletransmission/teletransmission';
import type { ReferencedDocument } from '../documents/document-list';

export interface CopyReport {
  readonly documents: number;
  readonly octets: number;
  readonly copied: number;
  readonly damaged: readonly { readonly empreinte: string; readonly code: string }[];
}

export interface CopyOptions {
  /** Relire aussi ce que la destination a déjà ; sans cela, sa taille suffit, car il a été vérifié en y entrant. */
  readonly rereads: boolean;
  readonly onProgress?: (documents: number, octets: number) => void;
  readonly signal?: AbortSignal;
}

/** Assez pour occuper un disque pendant qu'on hache ; au-delà, ils se gênent. */
const AT_ONCE = 4;

/**
 * Copie d'un dépôt à l'autre les documents que l'autre n'a pas, chacun haché au passage. Une vraie copie, jamais un lien : un lien
 * partage les octets, et avec eux la panne dont la sauvegarde doit garder.
 */
export async function copyDocuments(
  documents: AsyncIterable<ReferencedDocument>,
  from: FileDocumentStore,
  to: FileDocumentStore,
  options: CopyOptions,
): Promise<CopyReport> {
  const report = { documents: 0, octets: 0, copied: 0, damaged: [] as { empreinte: string; code: string }[] };
  const inProgress = new Set<Promise<void>>();
  const failures: Error[] = [];
  const copyOne = async (document: ReferencedDocument): Promise<void> => {
    const { octets, isCopied, code } = await copyDocument(document, from, to, options.rereads);
    report.documents += 1;
    report.octets += octets;
    if (isCopied) report.copied += 1;
    if (code !== null) report.damaged.push({ empreinte: document.empreinte, code });
    options.onProgress?.(report.documents, report.octets);
  };
  try {
    for await (const document of documents) {
      options.signal?.throwIfAborted();
      if (failures.length > 0) break;
      const copying = copyOne(document)
        .catch((error: unknown) => {
          failures.push(error instanceof Error ? error : new Error(String(error)));
        })
        .finally(() => inProgress.delete(copying));
      inProgress.add(copying);
      if (inProgress.size >= AT_ONCE) await Promise.race(inProgress);
    }
  } finally {
    await Promise.all(inProgress);
  }
  if (failures[0]) throw failures[0];
  return report;
}

async function copyDocument(
  { empreinte, tailleOctets }: ReferencedDocument,
  from: FileDocumentStore,
  to: FileDocumentStore,
  rereads: boolean,
): Promise<{ readonly octets: number; readonly isCopied: boolean; readonly code: string | null }> {
  const known = await to.sizeOf(empreinte);
  const isKept =
    known !== null &&
    (tailleOctets === null || known === tailleOctets) &&
    (!rereads || (await to.hashOf(empreinte)) === empreinte);
  if (known !== null && isKept) return { octets: known, isCopied: false, code: null };
  try {
    // Ce que la destination tient sous ce nom est faux : le bon contenu ne pourrait y entrer.
    if (known !== null) await to.setAside(empreinte);
    const stored = await to.put(await from.open(empreinte));
    if (stored.empreinte === empreinte) return { octets: stored.tailleOctets, isCopied: true, code: null };
    await to.remove(stored.empreinte);
    return { octets: 0, isCopied: false, code: 'document/altered' };
  } catch (error) {
    // Le disque d'arrivée qui refuse arrête tout ; un contenu perdu au départ se dit, et le reste se sauve.
    if (error instanceof StoreFailure && error.code !== 'document/not-stored')
      return { octets: 0, isCopied: false, code: error.code };
    throw error;
  }
}
