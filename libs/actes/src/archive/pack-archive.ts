import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { encodeTarHeader, tarPadding } from './encode-tar-header';
import { compressed, GZIP_HEADER, GzipTally, lastSegment, stored } from './gzip-segments';
import { TAR_BLOCK } from './tar-header';

/** Un fichier à mettre dans une archive. */
export interface ArchiveFile {
  /** Nom simple, en ASCII, de 100 caractères au plus. */
  readonly nom: string;
  readonly tailleOctets: number;
  /** Ses octets, en morceaux ; fermés quand on cesse de les lire. */
  open(): AsyncIterable<Uint8Array | string> | Iterable<Uint8Array>;
  /** Vrai pour les XML ; faux pour les documents, déjà compressés dans leur format. */
  readonly compresser: boolean;
}

const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.() -]{0,99}$/;

/**
 * Compose le `.tar.gz` de ces fichiers, dans leur ordre, sans répertoire. Le même contenu donne les mêmes octets : droits
 * 0644, dates et propriétaires à zéro. Les XML sont compressés, les documents stockés, dans un seul flux gzip. Rien n'est
 * gardé en mémoire : chaque fichier s'ouvre à son tour, avance au rythme du lecteur, et se referme si celui-ci s'en va.
 * @returns le flux de l'archive ; il échoue si un fichier n'a pas la taille annoncée ou ne se lit pas.
 * @throws si un nom ne convient pas à une archive ACTES ou revient deux fois : c'est un défaut de l'appelant.
 * @example packArchive([{ nom, tailleOctets, open, compresser: true }]).pipe(fichier)
 */
export function packArchive(files: readonly ArchiveFile[]): Readable {
  checkNames(files);
  return Readable.from(archiveOf(files), { objectMode: false });
}

function checkNames(files: readonly ArchiveFile[]): void {
  const seen = new Set<string>();
  for (const { nom } of files) {
    if (!NAME.test(nom)) throw new Error(`« ${nom} » n'est pas un nom de fichier d'archive ACTES.`);
    if (seen.has(nom)) throw new Error(`« ${nom} » figure deux fois dans l'archive.`);
    seen.add(nom);
  }
}

async function* archiveOf(files: readonly ArchiveFile[]): AsyncGenerator<Buffer, void> {
  const tally = new GzipTally();
  yield GZIP_HEADER;
  for (const file of files) {
    const entry = tarEntryOf(file, tally);
    const sizeBytes = TAR_BLOCK + file.tailleOctets + tarPadding(file.tailleOctets).byteLength;
    yield* file.compresser ? compressed(entry, file.tailleOctets) : stored(entry, sizeBytes);
  }
  // Deux blocs nuls closent un tar.
  yield lastSegment(counted(tally, Buffer.alloc(2 * TAR_BLOCK)));
  yield tally.trailer();
}

async function* tarEntryOf(file: ArchiveFile, tally: GzipTally): AsyncGenerator<Buffer, void> {
  yield counted(tally, encodeTarHeader(file));
  let sizeBytes = 0;
  for await (const piece of file.open()) {
    const chunk = typeof piece === 'string' ? Buffer.from(piece) : toBuffer(piece);
    sizeBytes += chunk.byteLength;
    if (sizeBytes > file.tailleOctets) break;
    yield counted(tally, chunk);
  }
  if (sizeBytes !== file.tailleOctets) {
    throw new Error(`« ${file.nom} » devait faire ${file.tailleOctets} octets et n'en fait pas autant.`);
  }
  yield counted(tally, tarPadding(file.tailleOctets));
}

function counted(tally: GzipTally, chunk: Buffer): Buffer {
  tally.add(chunk);
  return chunk;
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
