import type { Inspection } from '@teletransmission/teletransmission';
import { crc32 } from 'node:zlib';
import type { ReadableContent } from '../content/readable-content';
import { octetsAt } from '../content/readable-content';
import { checkedImage, cutImage, damagedImage } from './image-verdict';

const SIGNATURE_OCTETS = 8;
/** Longueur et type d'un bloc, puis son contenu, puis son contrôle (ISO 15948 §5.3). */
const HEAD_OCTETS = 8;
const CRC_OCTETS = 4;
const PIECE_OCTETS = 1024 * 1024;

/** Lit un PNG bloc après bloc, de sa signature à son bloc de fin, et vérifie le contrôle de chacun. */
export async function inspectPng(content: ReadableContent): Promise<Inspection> {
  let largeur = 0;
  let hauteur = 0;
  let hasPixels = false;
  for (let offset = SIGNATURE_OCTETS; ;) {
    const head = await octetsAt(content, offset, HEAD_OCTETS);
    if (head.length < HEAD_OCTETS) return cutImage('PNG');
    const length = head.readUInt32BE(0);
    const type = head.toString('latin1', 4);
    if (!/^[A-Za-z]{4}$/.test(type)) return damagedImage('PNG');
    const start = offset + HEAD_OCTETS;
    if (start + length + CRC_OCTETS > content.tailleOctets) return cutImage('PNG');
    if (type === 'IHDR') {
      const header = await octetsAt(content, start, 8);
      if (header.length < 8) return damagedImage('PNG');
      largeur = header.readUInt32BE(0);
      hauteur = header.readUInt32BE(4);
    }
    if (!(await isIntact(content, offset, length))) return damagedImage('PNG');
    hasPixels ||= type === 'IDAT';
    if (type === 'IEND') return hasPixels ? checkedImage('png', largeur, hauteur) : damagedImage('PNG');
    offset = start + length + CRC_OCTETS;
  }
}

async function isIntact(content: ReadableContent, offset: number, length: number): Promise<boolean> {
  let crc = 0;
  // Le contrôle porte sur le type et le contenu.
  const end = offset + HEAD_OCTETS + length;
  for (let at = offset + 4; at < end; at += PIECE_OCTETS)
    crc = crc32(await octetsAt(content, at, Math.min(PIECE_OCTETS, end - at)), crc);
  return (await octetsAt(content, end, CRC_OCTETS)).readUInt32BE(0) === crc;
}
