import type { ReadableContent } from '../content/readable-content';

/** Les petites lectures se servent dans une même fenêtre : un échange entre processus coûte plus que la copie. */
const WINDOW_OCTETS = 256 * 1024;

/** Un contenu que l'autre processus lit pour nous. Rien ici ne connaît de disque. */
export class RemoteContent implements ReadableContent {
  private window: { readonly start: number; readonly octets: Uint8Array } | null = null;

  constructor(
    readonly tailleOctets: number,
    private readonly fetch: (offset: number, length: number) => Promise<Uint8Array>,
  ) {}

  async read(offset: number, length: number): Promise<Uint8Array> {
    if (length > WINDOW_OCTETS) return this.fetch(offset, length);
    const held = this.window;
    if (held && offset >= held.start && offset + length <= held.start + held.octets.length)
      return held.octets.slice(offset - held.start, offset - held.start + length);
    // La fin d'un contenu se lit d'avance vers l'arrière, le reste vers l'avant.
    const start = Math.max(0, Math.min(offset, this.tailleOctets - WINDOW_OCTETS));
    const octets = await this.fetch(start, Math.min(WINDOW_OCTETS, this.tailleOctets - start));
    this.window = { start, octets };
    return octets.slice(offset - start, offset - start + length);
  }
}
