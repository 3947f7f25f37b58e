import type { ByteRange, DocumentStore, Empreinte, StoredContent } from '@teletransmission/teletransmission';
import { StoreFailure } from '@teletransmission/teletransmission';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

/** Un dépôt de documents en mémoire, adressé par le contenu comme le vrai. */
export class InMemoryDocuments implements DocumentStore {
  private readonly contents = new Map<Empreinte, Buffer>();
  /** Fait échouer la prochaine écriture, comme un disque plein. */
  failNext: Error | null = null;

  async put(content: Readable): Promise<StoredContent> {
    const chunks: Buffer[] = [];
    for await (const chunk of content as AsyncIterable<Buffer>) chunks.push(Buffer.from(chunk));
    if (this.failNext) {
      const error = this.failNext;
      this.failNext = null;
      throw error;
    }
    return this.keep(Buffer.concat(chunks));
  }

  keep(bytes: Buffer): StoredContent {
    const empreinte = createHash('sha256').update(bytes).digest('hex') as Empreinte;
    this.contents.set(empreinte, bytes);
    return { empreinte, tailleOctets: bytes.length };
  }

  /** Range ces octets sous l'empreinte d'autres : un essai nomme alors ses documents comme il veut. */
  keepAs(empreinte: string, bytes: Buffer): void {
    this.contents.set(empreinte as Empreinte, bytes);
  }

  open(empreinte: Empreinte, range?: ByteRange): Promise<Readable> {
    const bytes = this.contents.get(empreinte);
    if (!bytes) return Promise.reject(new StoreFailure('document/missing', 'never'));
    const part = range ? bytes.subarray(range.start, range.end + 1) : bytes;
    return Promise.resolve(Readable.from([part], { objectMode: false }));
  }

  bytesOf(empreinte: string): Buffer {
    const bytes = this.contents.get(empreinte as Empreinte);
    if (!bytes) throw new Error('document/missing');
    return bytes;
  }
}
