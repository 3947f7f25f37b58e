/** La taille au-delà de laquelle la plate-forme refuse une archive, en octets du `.tar.gz` : 150 Mio. */
export const ARCHIVE_MAX_BYTES = 150 * 1024 * 1024;

/** Les bornes d'une lecture d'archive. Chacune arrête la lecture dès qu'elle est franchie. */
export interface ArchiveLimits {
  /** Octets compressés lus au plus. */
  readonly archiveMaxBytes: number;
  readonly entriesMax: number;
  /** Octets d'une entrée, décompressée. */
  readonly entryMaxBytes: number;
  /** Octets de toutes les entrées, décompressées. */
  readonly totalMaxBytes: number;
  /** Rapport décompressé / compressé au plus, une fois passé `ratioFloorBytes`. */
  readonly ratioMax: number;
  /** En deçà, le rapport n'est pas regardé : un petit XML se comprime très bien. */
  readonly ratioFloorBytes: number;
}

export const ARCHIVE_LIMITS: ArchiveLimits = {
  archiveMaxBytes: ARCHIVE_MAX_BYTES,
  entriesMax: 2_000,
  entryMaxBytes: ARCHIVE_MAX_BYTES,
  totalMaxBytes: 512 * 1024 * 1024,
  ratioMax: 100,
  ratioFloorBytes: 8 * 1024 * 1024,
};
