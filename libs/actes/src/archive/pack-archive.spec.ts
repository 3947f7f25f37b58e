import { Buffer } from 'node:buffer';
import { createHash, randomBytes } from 'node:crypto';
import { Readable, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import type { ArchiveFile } from './pack-archive';
import { packArchive } from './pack-archive';
import { readArchive } from './read-archive';

/** Des octets sans régularité, toujours les mêmes. */
function noise(sizeBytes: number): Buffer {
  const chunks = Array.from({ length: Math.ceil(sizeBytes / 32) }, (_, index) =>
    createHash('sha256').update(String(index)).digest(),
  );
  return Buffer.concat(chunks).subarray(0, sizeBytes);
}

function file(nom: string, content: Buffer, compresser: boolean, chunkBytes = 65_536): ArchiveFile {
  const chunks = Array.from({ length: Math.ceil(content.byteLength / chunkBytes) }, (_, index) =>
    content.subarray(index * chunkBytes, (index + 1) * chunkBytes),
  );
  return { nom, tailleOctets: content.byteLength, compresser, open: () => Readable.from(chunks) };
}

const XML = Buffer.from('<actes:Acte/>'.repeat(500));
const PDF = noise(200_000);
const files = (chunkBytes?: number): ArchiveFile[] => [
  file('EACT--213402761--20221102-1.xml', XML, true, chunkBytes),
  file('99_DE-034-213402761-20221020-1-DE-1-1_1.pdf', PDF, false, chunkBytes),
  file('gros.xml', Buffer.alloc(700_000, '<actes:Annexe/>'), true, chunkBytes),
  file('vide.pdf', Buffer.alloc(0), false),
  file('bloc.pdf', Buffer.alloc(512, 'x'), false, chunkBytes),
  file('deux-blocs-stockes.pdf', noise(65_535 * 2 - 1024), false, chunkBytes),
  file('fin.xml', XML, true, chunkBytes),
];

describe('packArchive', () => {
  it('donne les mêmes octets quel que soit le découpage des fichiers', async () => {
    const whole = await buffer(packArchive(files()));
    expect((await buffer(packArchive(files()))).equals(whole)).toBe(true);
    expect((await buffer(packArchive(files(777)))).equals(whole)).toBe(true);
  });

  it('se relit par notre lecteur, dans l’ordre', async () => {
    const seen: [string, Buffer][] = [];
    const result = await readArchive(packArchive(files()), async (nom, _taille, contenu) => {
      seen.push([nom, await buffer(contenu)]);
    });
    expect(result.ok && result.value).toEqual(
      files().map(({ nom, tailleOctets }) => ({ nom, tailleOctets })),
    );
    expect(seen[0]?.[1].equals(XML)).toBe(true);
    expect(seen[1]?.[1].equals(PDF)).toBe(true);
    expect(seen[6]?.[1].equals(XML)).toBe(true);
  });

  it('se relit par un lecteur de tar indépendant : fichiers 0644, sans date ni propriétaire', async () => {
    const tar = extract();
    const headers: unknown[] = [];
    tar.on('entry', (header, stream, next) => {
      headers.push([
        header.name,
        header.size,
        header.mode,
        header.mtime.getTime(),
        header.uid,
        header.gid,
        header.type,
      ]);
      stream.on('end', next);
      stream.resume();
    });
    tar.end(gunzipSync(await buffer(packArchive(files()))));
    await new Promise<void>((resolve) =>
      tar.on('finish', () => {
        resolve();
      }),
    );
    expect(headers).toEqual(
      files().map(({ nom, tailleOctets }) => [nom, tailleOctets, 0o644, 0, 0, 0, 'file']),
    );
  });

  it('comprime les XML et stocke les documents', async () => {
    const size = async (compresser: boolean): Promise<number> =>
      (await buffer(packArchive([file('a.xml', Buffer.alloc(100_000, 'a'), compresser)]))).byteLength;
    expect(await size(true)).toBeLessThan(2_000);
    expect(await size(false)).toBeGreaterThan(100_000);
  });

  it.each([
    ['trop court', 10],
    ['trop long', 3],
  ])('échoue si un fichier est %s pour sa taille annoncée', async (_title, tailleOctets) => {
    const wrong = { ...file('a.pdf', Buffer.from('cinq!'), false), tailleOctets };
    await expect(buffer(packArchive([wrong]))).rejects.toThrow('« a.pdf » devait faire');
  });

  it('échoue avec le fichier qui ne se lit pas', async () => {
    const open = (): Readable =>
      new Readable({
        read(): void {
          this.destroy(new Error('illisible'));
        },
      });
    await expect(buffer(packArchive([{ ...file('a.xml', XML, true), open }]))).rejects.toThrow('illisible');
    await expect(buffer(packArchive([{ ...file('a.pdf', XML, false), open }]))).rejects.toThrow('illisible');
  });

  it.each(['../a.xml', 'a/b.xml', '', 'é.pdf', 'x'.repeat(101)])('refuse d’emblée le nom « %s »', (nom) => {
    expect(() => packArchive([file(nom, XML, true)])).toThrow();
  });

  it('refuse d’emblée deux fois le même nom', () => {
    expect(() => packArchive([file('a.xml', XML, true), file('a.xml', XML, true)])).toThrow('deux fois');
  });

  it.each([true, false])(
    'referme le fichier en cours quand le lecteur s’en va (compressé : %s)',
    async (compresser) => {
      let opened: Readable | undefined;
      const open = (): Readable => {
        opened = new Readable({
          read(size): void {
            this.push(randomBytes(Math.min(size, 4096)));
          },
        });
        return opened;
      };
      const archive = packArchive([{ nom: 'a.pdf', tailleOctets: 2 ** 30, compresser, open }]);
      let received = 0;
      for await (const chunk of archive as AsyncIterable<Buffer>) {
        received += chunk.byteLength;
        if (received > 300_000) break;
      }
      const source = opened;
      if (!source) throw new Error('Le fichier aurait dû être ouvert');
      if (!source.closed) await new Promise((resolve) => source.once('close', resolve));
      expect(source.destroyed).toBe(true);
    },
  );

  it('n’ouvre un fichier qu’à son tour, et n’avance qu’au rythme du lecteur', async () => {
    const opened: string[] = [];
    const watched = files().map((one) => ({
      ...one,
      open: (): ReturnType<ArchiveFile['open']> => {
        opened.push(one.nom);
        return one.open();
      },
    }));
    const archive = packArchive(watched);
    await new Promise((resolve) => archive.once('readable', resolve));
    await new Promise((resolve) => setImmediate(resolve));
    expect(opened.length).toBeLessThan(3);
    archive.destroy();
  });

  it('garde la mémoire plate pour cent mébioctets', async () => {
    const block = noise(1024 * 1024);
    const huge = function* (): Generator<Buffer> {
      for (let index = 0; index < 100; index += 1) yield block;
    };
    const before = process.memoryUsage().rss;
    let peak = before;
    const sink = new Writable({
      write(_chunk, _encoding, done): void {
        peak = Math.max(peak, process.memoryUsage().rss);
        done();
      },
    });
    const document = {
      nom: 'a.pdf',
      tailleOctets: 100 * 1024 * 1024,
      compresser: false,
      open: () => Readable.from(huge()),
    };
    await pipeline(packArchive([document]), sink);
    expect(peak - before).toBeLessThan(80 * 1024 * 1024);
  });
});
