import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';

/** Les fichiers d'une archive, par nom, dans l'ordre. Pour de petites archives : tout y passe en mémoire. */
export async function contentOf(archive: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const reading = extract();
  reading.on('entry', ({ name }, stream, next) => {
    void buffer(stream).then((octets) => {
      files.set(name, octets);
      next();
    });
  });
  Readable.from([archive]).pipe(createGunzip()).pipe(reading);
  await once(reading, 'finish');
  return files;
}
