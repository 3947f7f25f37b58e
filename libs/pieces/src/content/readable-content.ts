import { Buffer } from 'node:buffer';

/** Un contenu qu'on lit par morceaux, où l'on veut : rien n'oblige à le tenir entier. */
export interface ReadableContent {
  readonly tailleOctets: number;
  /** Ces octets-là, tous : `offset` et `length` sont dans le contenu. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

const WINDOW_OCTETS = 1024 * 1024;

/** Les octets de cette plage, un caractère chacun ; moins, si le contenu finit avant. */
export async function textAt(content: ReadableContent, offset: number, length: number): Promise<string> {
  return (await octetsAt(content, offset, length)).toString('latin1');
}

/** Les octets de cette plage ; moins, si le contenu finit avant. */
export async function octetsAt(content: ReadableContent, offset: number, length: number): Promise<Buffer> {
  const start = Math.min(Math.max(0, offset), content.tailleOctets);
  const available = Math.min(length, content.tailleOctets - start);
  if (available <= 0) return Buffer.alloc(0);
  const octets = await content.read(start, available);
  return Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
}

/** Tout le contenu, fenêtre après fenêtre. */
export async function* windowsOf(content: ReadableContent): AsyncGenerator<Buffer> {
  for (let offset = 0; offset < content.tailleOctets; offset += WINDOW_OCTETS)
    yield await octetsAt(content, offset, WINDOW_OCTETS);
}
