import type { ReadableContent } from '../src/content/readable-content';

/** Un contenu tenu en mémoire. */
export function inHand(octets: Buffer): ReadableContent {
  return {
    tailleOctets: octets.length,
    read: (offset, length) => Promise.resolve(new Uint8Array(octets.subarray(offset, offset + length))),
  };
}
