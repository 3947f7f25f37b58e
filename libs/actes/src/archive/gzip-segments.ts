import { Buffer } from 'node:buffer';
import { pipeline, Readable } from 'node:stream';
import { constants, crc32, createDeflateRaw, deflateRawSync } from 'node:zlib';

/*
 * Un seul flux gzip fait de segments : les uns compressés, les autres stockés. `Gzip.params`, qui change de niveau en route,
 * ne survit pas à un lecteur qui s'en va au mauvais moment ; le format deflate, lui, permet de mettre bout à bout des blocs
 * de natures différentes (RFC 1951 §3.2.3 et §3.2.4).
 */

/** Ce qu'un bloc stocké peut contenir : sa longueur tient sur seize bits. */
const STORED_MAX = 65_535;
const STORED_HEADER_BYTES = 5;
const SPAN = STORED_HEADER_BYTES + STORED_MAX;
const BLOCKS_AT_ONCE = 4;

/** Un en-tête sans nom ni date, système inconnu : les mêmes octets sur toute machine. */
export const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);

const OPTIONS = { level: constants.Z_BEST_COMPRESSION, finishFlush: constants.Z_SYNC_FLUSH };

/** En deçà, monter une chaîne de flux coûte plus que de compresser d'un coup. */
const AT_ONCE_MAX_BYTES = 256 * 1024;

/** Le dernier segment d'un flux deflate : ces octets, puis la marque de fin. */
export function lastSegment(content: Buffer): Buffer {
  return deflateRawSync(content, { level: constants.Z_BEST_COMPRESSION });
}

/** Tient le compte de ce qui est entré dans le gzip, pour en écrire la fin. */
export class GzipTally {
  private sum = 0;
  private sizeBytes = 0;

  add(chunk: Buffer): void {
    this.sum = crc32(chunk, this.sum);
    this.sizeBytes += chunk.byteLength;
  }

  trailer(): Buffer {
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(this.sum, 0);
    trailer.writeUInt32LE(this.sizeBytes % 2 ** 32, 4);
    return trailer;
  }
}

/** Compresse ces morceaux, `sizeBytes` en tout, en blocs non finals alignés sur l'octet. */
export async function* compressed(
  chunks: AsyncIterable<Buffer>,
  sizeBytes: number,
): AsyncGenerator<Buffer, void> {
  if (sizeBytes <= AT_ONCE_MAX_BYTES) {
    const gathered: Buffer[] = [];
    for await (const chunk of chunks) gathered.push(chunk);
    yield deflateRawSync(Buffer.concat(gathered), OPTIONS);
    return;
  }
  const deflate = createDeflateRaw(OPTIONS);
  // L'échec éventuel sort par la boucle ci-dessous : `pipeline` détruit alors `deflate` avec lui.
  pipeline(Readable.from(chunks, { objectMode: false }), deflate, () => undefined);
  yield* deflate as AsyncIterable<Buffer>;
}

/**
 * Stocke ces morceaux tels quels, `sizeBytes` en tout, en blocs de taille fixe : le découpage reçu ne doit pas changer les octets produits.
 * Les blocs sortent par quatre : chaque sortie coûte une écriture.
 */
export async function* stored(
  chunks: AsyncIterable<Buffer>,
  sizeBytes: number,
): AsyncGenerator<Buffer, void> {
  const blocks = Math.min(BLOCKS_AT_ONCE, Math.max(1, Math.ceil(sizeBytes / STORED_MAX)));
  let out = Buffer.allocUnsafe(blocks * SPAN);
  let start = 0;
  let filled = 0;
  const close = (): void => {
    out[start] = 0;
    out.writeUInt16LE(filled, start + 1);
    out.writeUInt16LE(~filled & 0xffff, start + 3);
    start += STORED_HEADER_BYTES + filled;
    filled = 0;
  };
  for await (const chunk of chunks) {
    let rest = chunk;
    while (rest.byteLength > 0) {
      const copied = rest.copy(out, start + STORED_HEADER_BYTES + filled, 0, STORED_MAX - filled);
      filled += copied;
      rest = rest.subarray(copied);
      if (filled < STORED_MAX) continue;
      close();
      if (start < out.byteLength) continue;
      yield out;
      out = Buffer.allocUnsafe(blocks * SPAN);
      start = 0;
    }
  }
  if (filled > 0) close();
  if (start > 0) yield out.subarray(0, start);
}

/** Ce que pèsent ces octets une fois stockés. */
export function storedSize(sizeBytes: number): number {
  return sizeBytes + Math.ceil(sizeBytes / STORED_MAX) * STORED_HEADER_BYTES;
}
