import { GZIP_HEADER, storedSize } from './gzip-segments';
import type { ArchiveFile } from './pack-archive';
import { TAR_BLOCK } from './tar-header';

/** Deux blocs nuls compressés, et la fin du gzip. */
const END_MAX_BYTES = 64;

/** Ce que deflate ajoute au pire à ce qu'il ne sait pas réduire, vidage compris (zlib, `deflateBound`). */
function deflatedMax(sizeBytes: number): number {
  return sizeBytes + Math.ceil(sizeBytes / 1024) + END_MAX_BYTES;
}

/**
 * Ce que pèse au plus l'archive de ces fichiers, en octets, sans la composer : au plus près pour les documents, qu'on stocke ; par excès
 * pour ce qui se compresse.
 */
export function packedSizeMax(files: readonly Pick<ArchiveFile, 'tailleOctets' | 'compresser'>[]): number {
  const entries = files.map(({ tailleOctets, compresser }) => {
    const entryBytes = TAR_BLOCK + Math.ceil(tailleOctets / TAR_BLOCK) * TAR_BLOCK;
    return compresser ? deflatedMax(entryBytes) : storedSize(entryBytes);
  });
  return entries.reduce((sum, sizeBytes) => sum + sizeBytes, GZIP_HEADER.byteLength + END_MAX_BYTES);
}
