import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { entry, tgz } from '../../epreuves/tar-entries';
import { readFichiersRetour } from './read-fichiers-retour';

const MIB = 1024 * 1024;
const xml = Buffer.from('<a/>');
/** Un XML de ce poids, qui se comprime moins de cent fois. */
const heavy = (sizeBytes: number): Buffer => {
  const octets = Buffer.alloc(sizeBytes, ' ');
  for (let at = 0; at < sizeBytes; at += 4_096) randomBytes(64).copy(octets, at);
  return octets;
};

async function read(octets: Buffer): Promise<unknown> {
  const result = await readFichiersRetour(Readable.from([octets]));
  if (!result.ok) return result.problem.code;
  return result.value.fichiers.map(
    ({ nom, tailleOctets, octets: kept }) => `${nom} ${tailleOctets} ${kept?.byteLength ?? 'non lu'}`,
  );
}

describe('les XML d’un retour', () => {
  it('se lisent, et ses documents se nomment sans se lire', async () => {
    expect(await read(tgz(entry('a.XML', xml), entry('b.pdf', randomBytes(9))))).toEqual([
      'a.XML 4 4',
      'b.pdf 9 non lu',
    ]);
  });

  it('d’un XML seul, il n’y a que lui, sans nom', async () => {
    expect(await read(xml)).toEqual([' 4 4']);
    expect(await read(Buffer.concat([xml, Buffer.alloc(8 * MIB, ' ')]))).toEqual([' 0 non lu']);
  });

  it('vingt au plus', async () => {
    const many = (count: number): Buffer =>
      tgz(...Array.from({ length: count }, (_, i) => entry(`m${i}.xml`, xml)));
    expect(await read(many(20))).toHaveLength(20);
    expect(await read(many(21))).toBe('archive/too-many-xml');
  });

  it('seize mébioctets au plus, et nul message n’en fait plus de huit', async () => {
    expect(await read(tgz(entry('a.xml', heavy(9 * MIB)), entry('b.xml', xml)))).toEqual([
      `a.xml ${9 * MIB} non lu`,
      'b.xml 4 4',
    ]);
    const two = [entry('a.xml', heavy(8 * MIB)), entry('b.xml', heavy(8 * MIB))];
    expect(await read(tgz(...two))).toHaveLength(2);
    expect(await read(tgz(...two, entry('c.xml', xml)))).toBe('archive/xml-too-large');
  });

  it('ce qui dépasse n’est pas même décompressé', async () => {
    const archive = tgz(entry('a.xml', heavy(9 * MIB)), entry('b.xml', heavy(9 * MIB)));
    let sent = 0;
    const pieces = function* (): Generator<Buffer> {
      for (; sent < archive.byteLength; sent += 16_384) yield archive.subarray(sent, sent + 16_384);
    };
    const result = await readFichiersRetour(Readable.from(pieces(), { objectMode: false }));
    expect(result.ok ? '' : result.problem.code).toBe('archive/xml-too-large');
    expect(sent).toBeLessThan(archive.byteLength * 0.75);
  });
});
