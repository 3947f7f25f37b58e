import { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';
import type { Gunzip } from 'node:zlib';
import { createGunzip } from 'node:zlib';
import type { ArchiveLimits } from './archive-limits';
import { ArchiveRefusal } from './archive-refusal';

/** Les deux octets de gzip, puis la seule méthode de compression qui existe. */
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b, 8]);

/** Ce que l'alimentation du décompresseur sait, et que sa lecture doit savoir. */
interface Feeding {
  received: number;
  head: Buffer;
  failure?: Error;
}

/**
 * Décompresse un flux gzip, morceau par morceau, à la demande. La bibliothèque passe sous silence les octets qui suivent la
 * fin du gzip ; ici ils font refuser l'archive. Un échec du flux source n'est pas un refus : il est relancé tel quel.
 */
export function gunzipStrict(source: Readable, limits: ArchiveLimits): AsyncGenerator<Buffer, void> {
  return gunzipBounded(source, limits, () => {
    throw trailing();
  });
}

/** La même décompression, sous les mêmes bornes ; `onTrailing` dit quoi faire d'octets qui suivent la fin du gzip. */
export async function* gunzipBounded(
  source: Readable,
  limits: ArchiveLimits,
  onTrailing: () => void,
): AsyncGenerator<Buffer, void> {
  const gunzip = createGunzip({ chunkSize: 64 * 1024 });
  const feeding: Feeding = { received: 0, head: Buffer.alloc(0) };
  const fed = feed(source, gunzip, limits, feeding).catch((error: unknown) => {
    feeding.failure = error as Error;
    gunzip.destroy();
  });
  let produced = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      produced += chunk.byteLength;
      checkExpansion(produced, gunzip.bytesWritten, limits);
      yield chunk;
    }
    await fed;
    if (feeding.failure !== undefined) throw feeding.failure;
    if (feeding.received > gunzip.bytesWritten) onTrailing();
  } catch (error) {
    if (feeding.failure !== undefined) throw feeding.failure;
    throw isZlibError(error) ? refusalOfZlib(error, feeding) : error;
  } finally {
    gunzip.destroy();
    source.destroy();
  }
}

async function feed(
  source: Readable,
  gunzip: Gunzip,
  limits: ArchiveLimits,
  feeding: Feeding,
): Promise<void> {
  for await (const piece of source as AsyncIterable<Buffer | string>) {
    const chunk = typeof piece === 'string' ? Buffer.from(piece) : piece;
    feeding.received += chunk.byteLength;
    if (feeding.head.byteLength < GZIP_MAGIC.byteLength) {
      feeding.head = Buffer.concat([feeding.head, chunk]).subarray(0, GZIP_MAGIC.byteLength);
    }
    if (feeding.received > limits.archiveMaxBytes) {
      throw new ArchiveRefusal({
        code: 'archive/too-large',
        detail: `L'archive dépasse ${limits.archiveMaxBytes} octets : la plate-forme la refuserait. Allégez les documents.`,
        facts: { limite: limits.archiveMaxBytes },
      });
    }
    if (gunzip.readableEnded || gunzip.destroyed) return;
    await write(gunzip, chunk);
  }
  gunzip.end();
}

function write(gunzip: Gunzip, chunk: Buffer): Promise<void> {
  return new Promise((resolve) => {
    // Un échec de décompression se lit du côté de la lecture ; ici il suffit de ne plus attendre.
    const done = (): void => {
      gunzip.off('close', done);
      gunzip.off('end', done);
      resolve();
    };
    gunzip.once('close', done);
    gunzip.once('end', done);
    gunzip.write(chunk, done);
  });
}

function checkExpansion(produced: number, consumed: number, limits: ArchiveLimits): void {
  if (produced <= limits.ratioFloorBytes || produced <= consumed * limits.ratioMax) return;
  throw new ArchiveRefusal({
    code: 'archive/bomb',
    detail: `L'archive se dilate plus de ${limits.ratioMax} fois : ce n'est pas un envoi d'actes. Elle n'a pas été lue plus loin.`,
    facts: { octetsLus: consumed, octetsProduits: produced },
  });
}

function trailing(): ArchiveRefusal {
  return new ArchiveRefusal({
    code: 'archive/trailing-garbage',
    detail: "Des octets suivent la fin de l'archive : elle a été altérée ou mal composée.",
  });
}

interface ZlibError {
  readonly code: string;
  readonly message: string;
}

function isZlibError(error: unknown): error is ZlibError {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return typeof error.code === 'string' && error.code.startsWith('Z_');
}

function refusalOfZlib(error: ZlibError, { received, head }: Feeding): ArchiveRefusal {
  if (error.code === 'Z_BUF_ERROR') {
    const detail = `L'archive s'arrête au bout de ${received} octets, avant sa fin : elle est tronquée.`;
    return new ArchiveRefusal({ code: 'archive/truncated', detail });
  }
  if (/incorrect header check|unknown compression method/.test(error.message)) {
    // Quand le fichier commence bien par un gzip, l'en-tête faux est plus loin : ce sont des octets ajoutés au bout.
    if (head.equals(GZIP_MAGIC)) return trailing();
    return new ArchiveRefusal({
      code: 'archive/not-gzip',
      detail: "Le fichier n'est pas un gzip : attendu un .tar.gz.",
    });
  }
  const detail = `L'archive est abîmée : sa décompression échoue (${error.message}).`;
  return new ArchiveRefusal({ code: 'archive/corrupt-gzip', detail });
}
