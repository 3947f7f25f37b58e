import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import type { ArchiveLimits } from './archive-limits';
import { ArchiveRefusal } from './archive-refusal';
import { notTar } from './block-reader';
import { gunzipBounded } from './gunzip-strict';
import type { Remarques } from './remarques';
import { hasValidChecksum, isZeroBlock, TAR_BLOCK } from './tar-header';

/** Ce que des octets reçus contiennent : un tar, ou un seul fichier. */
export interface RetourContainer {
  readonly kind: 'tar' | 'file';
  readonly chunks: Chunks;
  /** Vrai quand un gzip garantit que rien ne manque au bout. */
  readonly isWhole: boolean;
}

/** Des octets compressés deux fois se voient : un serveur et un client s'en sont mêlés. Trois, non. */
const GZIP_LAYERS_MAX = 2;

const AUTRES_FORMATS: readonly (readonly [nom: string, debut: string])[] = [
  ['un fichier zip', '504b0304'],
  ['un fichier zip', '504b0506'],
  ['un fichier compressé par bzip2', '425a68'],
  ['un fichier compressé par xz', 'fd377a585a00'],
  ['un fichier compressé par zstd', '28b52ffd'],
  ['un fichier 7z', '377abcaf271c'],
  ['un fichier rar', '526172211a07'],
  ['un document PDF', '25504446'],
];

/**
 * Reconnaît ce que des octets reçus contiennent, à leurs premiers octets, et ôte le gzip qui les enveloppe.
 * @throws ArchiveRefusal `archive/other-format` pour un zip et ses pareils, `archive/not-tar` pour un gzip d'autre chose.
 */
export async function openContainer(
  source: AsyncIterable<Buffer | string>,
  limits: ArchiveLimits,
  remarques: Remarques,
  layers = 0,
): Promise<RetourContainer> {
  const chunks = new Chunks(source);
  try {
    const head = await chunks.peek(TAR_BLOCK);
    if (!isGzip(head) || layers === GZIP_LAYERS_MAX) return containerOf(head, chunks, remarques, layers > 0);
    if (layers > 0) remarques.note('archive/double-gzip', 'L’archive est compressée deux fois.');
    const inside = gunzipBounded(Readable.from(chunks, { objectMode: false }), limits, () => {
      remarques.note('archive/apres-le-gzip', 'Des octets suivent la fin du gzip : ils sont ignorés.');
    });
    return await openContainer(inside, limits, remarques, layers + 1);
  } catch (error) {
    await chunks.return();
    throw error;
  }
}

const isGzip = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b;

function containerOf(head: Buffer, chunks: Chunks, remarques: Remarques, isWhole: boolean): RetourContainer {
  const autre = AUTRES_FORMATS.find(([, debut]) => head.toString('hex', 0, debut.length / 2) === debut);
  if (autre) throw otherFormat(autre[0]);
  const first = head.subarray(0, TAR_BLOCK);
  if (first.byteLength === TAR_BLOCK && (hasValidChecksum(first) || (isWhole && isZeroBlock(first)))) {
    if (!isWhole)
      remarques.note('archive/sans-gzip', 'L’archive n’est pas compressée : elle est lue telle quelle.');
    return { kind: 'tar', chunks, isWhole };
  }
  if (isWhole) {
    if (!looksLikeXml(head)) throw notTar();
    remarques.note('archive/xml-compresse', 'Le XML est compressé seul, sans archive.');
  }
  return { kind: 'file', chunks, isWhole };
}

function otherFormat(nom: string): ArchiveRefusal {
  return new ArchiveRefusal({
    code: 'archive/other-format',
    detail: `C'est ${nom}, et non un .tar.gz ni un XML : son contenu n'est pas lu. Téléchargez-le, et demandez-en un autre envoi.`,
  });
}

/** Un chevron au début, après une marque d'ordre et des blancs, en octets d'une ou deux largeurs. */
function looksLikeXml(head: Buffer): boolean {
  return /^(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?[\0\t\n\r ]*</.test(head.toString('latin1', 0, 64));
}

/** Les morceaux d'un flux, dont les premiers se regardent avant de se lire. */
export class Chunks implements AsyncIterableIterator<Buffer> {
  private readonly source: AsyncIterator<Buffer | string>;
  private seen: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer | string>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** Les premiers octets, `sizeBytes` au moins s'il y en a tant. */
  async peek(sizeBytes: number): Promise<Buffer> {
    while (this.seen.byteLength < sizeBytes) {
      const next = await this.source.next();
      if (next.done === true) break;
      this.seen = Buffer.concat([this.seen, bytesOf(next.value)]);
    }
    return this.seen;
  }

  async next(): Promise<IteratorResult<Buffer, undefined>> {
    if (this.seen.byteLength > 0) {
      const value = this.seen;
      this.seen = Buffer.alloc(0);
      return { done: false, value };
    }
    const next = await this.source.next();
    return next.done === true
      ? { done: true, value: undefined }
      : { done: false, value: bytesOf(next.value) };
  }

  async return(): Promise<IteratorResult<Buffer, undefined>> {
    await this.source.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

const bytesOf = (piece: Buffer | string): Buffer => (typeof piece === 'string' ? Buffer.from(piece) : piece);
