import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';

/** Un fichier à mettre dans une archive. */
export interface FichierEmis {
  readonly nom: string;
  readonly octets: Buffer;
}

/** Met quelques petits fichiers dans un `tar.gz` à plat, dans l'ordre donné ; mêmes fichiers, mêmes octets. */
export async function packTarGz(fichiers: readonly FichierEmis[]): Promise<Buffer> {
  const tar = pack();
  for (const { nom, octets } of fichiers) {
    tar.entry({ name: nom, size: octets.length, mode: 0o644, mtime: new Date(0), uid: 0, gid: 0 }, octets);
  }
  tar.finalize();
  return gzipSync(await buffer(tar));
}
