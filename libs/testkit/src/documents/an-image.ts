import { crc32, deflateSync } from 'node:zlib';

/** Un PNG valide, gris, de ces dimensions. */
export function aPng(largeur = 2, hauteur = 2): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(largeur, 0);
  header.writeUInt32BE(hauteur, 4);
  header.writeUInt8(8, 8);
  const pixels = deflateSync(Buffer.alloc(Math.min(hauteur, 64) * (Math.min(largeur, 64) + 1)));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, crc]);
}

/** Les segments d'un JPEG de ces dimensions, d'un balayage quelconque : ce qu'un lecteur d'en-têtes en voit. */
export function aJpeg(largeur = 2, hauteur = 2): Buffer {
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(hauteur, 5);
  frame.writeUInt16BE(largeur, 7);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]),
    Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1'),
    frame,
    Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0]),
    Buffer.from([0x12, 0x34, 0xff, 0, 0x56]),
    Buffer.from([0xff, 0xd9]),
  ]);
}
