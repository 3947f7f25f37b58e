import { Buffer } from 'node:buffer';

/** Un élément DER dans ses octets, sans rien en copier. */
export interface Tlv {
  readonly tag: number;
  /** En-tête compris. */
  readonly raw: Buffer;
  readonly content: Buffer;
}

/**
 * Les éléments qui se suivent, longueurs définies. Une liste de révocation compte cent mille lignes : en faire des objets coûte des
 * dizaines de secondes, les enjamber quelques millisecondes.
 * @returns rien dès qu'un élément dépasse ou ne se lit pas
 */
export function elementsOf(octets: Buffer): readonly Tlv[] | undefined {
  const found: Tlv[] = [];
  for (let at = 0; at < octets.byteLength;) {
    const element = elementAt(octets, at);
    if (!element) return undefined;
    found.push(element);
    at += element.raw.byteLength;
  }
  return found;
}

function elementAt(octets: Buffer, at: number): Tlv | undefined {
  const tag = octets[at] ?? 0;
  const short = octets[at + 1];
  if (short === undefined || (tag & 0x1f) === 0x1f || short === 0x80 || short > 0x84) return undefined;
  const size = short < 0x80 ? 0 : short - 0x80;
  if (at + 2 + size > octets.byteLength) return undefined;
  const start = at + 2 + size;
  const end = start + (size === 0 ? short : octets.readUIntBE(at + 2, size));
  if (end > octets.byteLength) return undefined;
  return { tag, raw: octets.subarray(at, end), content: octets.subarray(start, end) };
}

/** Une SEQUENCE de ces éléments, tels quels. */
export function sequenceOf(elements: readonly Tlv[]): Buffer {
  const content = Buffer.concat(elements.map(({ raw }) => raw));
  const length = content.byteLength;
  const header = length < 0x80 ? Buffer.of(0x30, length) : Buffer.of(0x30, 0x84, 0, 0, 0, 0);
  if (length >= 0x80) header.writeUInt32BE(length, 2);
  return Buffer.concat([header, content]);
}
