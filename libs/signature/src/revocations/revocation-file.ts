import { Buffer } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { readFileSync, statSync } from 'node:fs';
import type { Log } from '@teletransmission/kernel';
import { readRevocations } from './read-revocations';
import type { Revocations } from './revocations';
import { SANS_REVOCATION } from './revocations';

/** D'où viennent les révocations que la configuration donne. */
export interface RevocationSource {
  current(): Promise<Revocations>;
}

/** Celle qui n'en donne aucune. */
export const NO_REVOCATION_SOURCE: RevocationSource = { current: () => Promise.resolve(SANS_REVOCATION) };

/** Les listes de toutes les autorités d'un pays tiennent là ; au-delà, le fichier n'est pas celui qu'on croit. */
const OCTETS_MAX = 64 * 1024 * 1024;

/**
 * Un fichier de listes de révocation. Une liste vaut quelques jours : il est relu dès qu'il change, sans redémarrage. Un fichier qui
 * devient illisible laisse en vigueur ce qu'on en savait, et le journal le dit.
 */
export class RevocationFile implements RevocationSource {
  private constructor(
    private readonly file: string,
    private readonly log: Pick<Log, 'warn'>,
    private known: { readonly stamp: string; readonly revocations: Revocations },
  ) {}

  /**
   * @param file le fichier ; `null` : la configuration n'en donne pas.
   * @throws Error quand il ne s'ouvre pas ou ne se lit pas : mieux vaut ne pas démarrer que vérifier sans lui.
   */
  static open(file: string | null, log: Pick<Log, 'warn'>): RevocationSource {
    if (file === null) return NO_REVOCATION_SOURCE;
    const stats = statSync(file);
    const revocations = judged(stats.size, () => readFileSync(file));
    return new RevocationFile(file, log, { stamp: stampOf(stats), revocations });
  }

  async current(): Promise<Revocations> {
    let stamp = 'illisible';
    try {
      const stats = await stat(this.file);
      stamp = stampOf(stats);
      if (stamp === this.known.stamp) return this.known.revocations;
      const octets = stats.size > OCTETS_MAX ? Buffer.alloc(0) : await readFile(this.file);
      this.known = { stamp, revocations: judged(stats.size, () => octets) };
    } catch {
      if (stamp !== this.known.stamp)
        this.log.warn('les listes de révocation ne se lisent plus', {
          code: 'signature/revocations-malformed',
        });
      this.known = { ...this.known, stamp };
    }
    return this.known.revocations;
  }
}

function judged(size: number, read: () => Buffer): Revocations {
  if (size > OCTETS_MAX)
    throw new Error(`SIGNATURE_REVOCATIONS : le fichier dépasse ${OCTETS_MAX / 1024 / 1024} Mio.`);
  const lues = readRevocations(read());
  if (lues.ok) return lues.value;
  throw new Error(`SIGNATURE_REVOCATIONS : ${lues.problem.detail}`);
}

function stampOf({ mtimeMs, size, ino }: { mtimeMs: number; size: number; ino: number }): string {
  return `${ino}-${size}-${mtimeMs}`;
}
