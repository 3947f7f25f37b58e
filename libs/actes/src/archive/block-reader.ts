import { Buffer } from 'node:buffer';
import { ArchiveRefusal } from './archive-refusal';
import { TAR_BLOCK } from './tar-header';

/** Découpe un flux de morceaux quelconques en blocs de tar et en contenus d'entrées, à la demande de celui qui lit. */
export class BlockReader {
  private pending: Buffer = Buffer.alloc(0);
  private remaining = 0;
  private padding = 0;
  private isFresh = true;

  constructor(private readonly chunks: AsyncIterator<Buffer, void>) {}

  /** Le bloc suivant, ou `undefined` à la fin du flux. Un bloc entamé et non fini est une troncature. */
  async block(): Promise<Buffer | undefined> {
    const block = await this.blockOrRest();
    if (block && block.byteLength < TAR_BLOCK) throw this.isFresh ? notTar() : truncated();
    this.isFresh = false;
    return block;
  }

  /** Le bloc suivant, ou les octets qui restent quand le flux finit avant lui ; `undefined` à la fin. */
  async blockOrRest(): Promise<Buffer | undefined> {
    while (this.pending.byteLength < TAR_BLOCK) {
      const next = await this.chunks.next();
      if (next.done === true) break;
      this.pending = this.pending.byteLength === 0 ? next.value : Buffer.concat([this.pending, next.value]);
    }
    return this.pending.byteLength === 0
      ? undefined
      : this.take(Math.min(TAR_BLOCK, this.pending.byteLength));
  }

  /** Annonce le contenu d'une entrée de cette taille ; il se lit par `piece`, et ce qui en reste se saute par `skip`. */
  open(sizeBytes: number): void {
    this.remaining = sizeBytes;
    this.padding = (TAR_BLOCK - (sizeBytes % TAR_BLOCK)) % TAR_BLOCK;
  }

  /** Le morceau suivant de l'entrée ouverte, ou `undefined` quand elle est lue. */
  async piece(): Promise<Buffer | undefined> {
    if (this.remaining === 0) return undefined;
    const piece = await this.upTo(this.remaining);
    if (!piece) throw truncated();
    this.remaining -= piece.byteLength;
    return piece;
  }

  /** Saute ce qui reste de l'entrée, puis le bourrage jusqu'au bloc suivant ; le dernier peut manquer. */
  async skip(): Promise<void> {
    while (this.remaining > 0) await this.piece();
    while (this.padding > 0) {
      const skipped = await this.upTo(this.padding);
      if (!skipped) return;
      this.padding -= skipped.byteLength;
    }
  }

  private async upTo(max: number): Promise<Buffer | undefined> {
    if (this.pending.byteLength === 0) {
      const next = await this.chunks.next();
      if (next.done === true) return undefined;
      this.pending = next.value;
    }
    return this.take(Math.min(max, this.pending.byteLength));
  }

  private take(sizeBytes: number): Buffer {
    const taken = this.pending.subarray(0, sizeBytes);
    this.pending = this.pending.subarray(sizeBytes);
    return taken;
  }
}

/** Un contenu plus court qu'un seul en-tête n'est pas un tar coupé : ce n'est pas un tar. */
export function notTar(): ArchiveRefusal {
  return new ArchiveRefusal({
    code: 'archive/not-tar',
    detail: 'Le gzip ne contient pas un tar : attendu un .tar.gz.',
  });
}

export function truncated(): ArchiveRefusal {
  return new ArchiveRefusal({
    code: 'archive/truncated',
    detail: "Le tar s'arrête au milieu d'un fichier : l'archive est tronquée.",
  });
}
