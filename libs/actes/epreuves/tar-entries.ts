import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { encodeTarHeader, tarPadding } from '../src/archive/encode-tar-header';

/** Les deux blocs nuls qui finissent un tar. */
export const END = Buffer.alloc(1024);

/** Une entrée dont l'en-tête est retouché, puis sa somme de contrôle refaite : seule la retouche doit la trahir. */
export function entry(
  nom: string,
  content: Buffer,
  alter: (header: Buffer) => void = () => undefined,
): Buffer {
  const header = encodeTarHeader({ nom: nom.slice(0, 100), tailleOctets: content.byteLength });
  alter(header);
  header.write(' '.repeat(8), 148, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return Buffer.concat([header, content, tarPadding(content.byteLength)]);
}

/** Une entrée de ce genre. */
export function typed(genre: string, nom: string, content: Buffer): Buffer {
  return entry(nom, content, (header) => void header.write(genre, 156, 'latin1'));
}

/** Un `.tar.gz` de ces entrées, fini comme il faut. */
export function tgz(...parts: readonly Buffer[]): Buffer {
  return gzipSync(Buffer.concat([...parts, END]));
}
