import type { Inspection } from '@teletransmission/teletransmission';
import type { ReadableContent } from '../content/readable-content';
import { octetsAt, windowsOf } from '../content/readable-content';
import { checkedImage, cutImage, damagedImage } from './image-verdict';

/** Les marqueurs (ISO 10918 §B.1.1.3) : début de trame, hors les tables (C4, C8, CC) ; début de balayage ; fin de l'image. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const SCAN = 0xda;
const END = 0xd9;

/** Lit les segments d'un JPEG jusqu'à ses dimensions et son premier balayage, puis cherche sa fin après lui. */
export async function inspectJpeg(content: ReadableContent): Promise<Inspection> {
  let dimensions: readonly [largeur: number, hauteur: number] | null = null;
  for (let offset = 2; ;) {
    const head = await octetsAt(content, offset, 9);
    if (head.length < 9) return cutImage('JPEG');
    if (head[0] !== 0xff) return damagedImage('JPEG');
    const marker = head[1] ?? 0;
    // Un marqueur peut être précédé d'octets de remplissage.
    if (marker === 0xff) {
      offset += 1;
      continue;
    }
    const length = head.readUInt16BE(2);
    if (length < 2) return damagedImage('JPEG');
    if (isFrame(marker)) dimensions = [head.readUInt16BE(7), head.readUInt16BE(5)];
    offset += 2 + length;
    if (marker !== SCAN) continue;
    if (!dimensions) return damagedImage('JPEG');
    return (await hasEnd(content, offset)) ? checkedImage('jpg', ...dimensions) : cutImage('JPEG');
  }
}

/** Vrai si le marqueur de fin vient après le balayage ; dans les données, un octet FF est toujours suivi d'un zéro. */
async function hasEnd(content: ReadableContent, from: number): Promise<boolean> {
  let offset = 0;
  let last = 0;
  for await (const window of windowsOf(content)) {
    const start = Math.max(0, from - offset);
    if (start < window.length) {
      if (last === 0xff && start === 0 && window[0] === END) return true;
      if (window.indexOf(Buffer.of(0xff, END), start) >= 0) return true;
      last = window[window.length - 1] ?? 0;
    }
    offset += window.length;
  }
  return false;
}
