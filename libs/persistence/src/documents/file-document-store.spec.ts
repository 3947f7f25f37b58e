import type { Empreinte } from '@teletransmission/teletransmission';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { eventually } from '../../../../test/services/eventually';
import { FileDocumentStore } from './file-document-store';
import { StoreFailure } from '@teletransmission/teletransmission';

const MIB = 1024 * 1024;

let folder: string;
let store: FileDocumentStore;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'documents-'));
  store = new FileDocumentStore(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const of = (bytes: Buffer): Readable => Readable.from([bytes], { objectMode: false });

async function files(): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(path.basename(entry.parentPath), entry.name));
}

async function read(empreinte: Empreinte): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of (await store.open(empreinte)) as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Des octets tous différents, sans jamais les tenir ensemble. */
function* noise(size: number): Generator<Buffer> {
  const block = randomBytes(64 * 1024);
  for (let left = size; left > 0; left -= block.length) {
    block.writeUInt32LE(left, 0);
    yield Buffer.from(block.subarray(0, Math.min(left, block.length)));
  }
}

describe('le dépôt de documents', () => {
  it('range un contenu sous son empreinte et le rend à l’identique', async () => {
    const bytes = randomBytes(100_000);
    const stored = await store.put(of(bytes));
    expect(stored).toEqual({ empreinte: sha256(bytes), tailleOctets: 100_000 });
    expect(await read(stored.empreinte)).toEqual(bytes);
    expect(await files()).toEqual([path.join(stored.empreinte.slice(0, 2), stored.empreinte)]);
  });

  it('admet un contenu vide', async () => {
    const { empreinte, tailleOctets } = await store.put(Readable.from([], { objectMode: false }));
    expect(tailleOctets).toBe(0);
    expect(await read(empreinte)).toEqual(Buffer.alloc(0));
  });

  it('ne garde qu’un exemplaire des mêmes octets, déposés l’un après l’autre ou dix fois ensemble', async () => {
    const bytes = randomBytes(100_000);
    const stored = await Promise.all(Array.from({ length: 10 }, () => store.put(of(bytes))));
    stored.push(await store.put(of(bytes)));
    expect(new Set(stored.map(({ empreinte }) => empreinte)).size).toBe(1);
    expect(await files()).toHaveLength(1);
    expect(await read(stored[0]?.empreinte as Empreinte)).toEqual(bytes);
  });

  it('ne laisse rien d’un flux qui casse au milieu, et rend sa panne telle quelle', async () => {
    const broken = new Error('client parti');
    const content = new PassThrough();
    const put = store.put(content);
    content.write(randomBytes(MIB / 2));
    await once(content, 'drain');
    content.destroy(broken);
    await expect(put).rejects.toBe(broken);
    expect(await files()).toEqual([]);
  });

  it('ne laisse pas finir le processus quand le flux casse avant d’être lu', async () => {
    const broken = new Error('client parti');
    const content = new PassThrough();
    const put = store.put(content);
    content.destroy(broken);
    await expect(put).rejects.toBe(broken);
    expect(await files()).toEqual([]);
  });

  it('ne laisse rien d’un flux fermé avant sa fin', async () => {
    const content = new PassThrough();
    const put = store.put(content);
    content.write('début');
    content.destroy();
    await expect(put).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
    expect(await files()).toEqual([]);
  });

  it('dit que le disque refuse, à réessayer plus tard, et lâche le flux', async () => {
    await writeFile(path.join(folder, 'arrivee'), 'un fichier à la place du dossier');
    const content = of(randomBytes(10));
    const failure = await store.put(content).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StoreFailure);
    expect(failure).toMatchObject({ code: 'document/not-stored', retry: 'later' });
    expect(content.destroyed).toBe(true);
  });

  it('dit que le disque refuse aussi quand il le fait au milieu d’un flux', async () => {
    const content = new PassThrough();
    const put = store.put(content);
    content.write(randomBytes(MIB / 2));
    await eventually(
      'le fichier s’écrit',
      async () => (await readdir(path.join(folder, 'arrivee')).catch(() => [])).length > 0,
    );
    // Le dossier d'arrivée disparaît sous l'écriture : le fichier ne pourra plus prendre son nom.
    await rm(path.join(folder, 'arrivee'), { recursive: true, force: true });
    content.end();
    await expect(put).rejects.toMatchObject({ code: 'document/not-stored', retry: 'later' });
    expect(await files()).toEqual([]);
  });

  it('distingue un contenu absent, perdu pour de bon, d’un contenu qu’on ne peut lire à présent', async () => {
    const absent = 'a'.repeat(64) as Empreinte;
    await expect(store.open(absent)).rejects.toMatchObject({ code: 'document/missing', retry: 'never' });
    await symlink('bb', path.join(folder, 'bb'));
    const looping = 'b'.repeat(64) as Empreinte;
    await expect(store.open(looping)).rejects.toMatchObject({ code: 'document/unreadable', retry: 'later' });
  });

  it('range et rend 150 Mio sans que la mémoire les suive', async () => {
    let peak = 0;
    const watch = (): void => {
      peak = Math.max(peak, process.memoryUsage().rss);
    };
    const watched = (size: number): Readable =>
      Readable.from(
        (function* () {
          for (const block of noise(size)) {
            watch();
            yield block;
          }
        })(),
        { objectMode: false },
      );
    await store.put(watched(20 * MIB));
    const before = process.memoryUsage().rss;
    peak = 0;
    const { empreinte, tailleOctets } = await store.put(watched(150 * MIB));
    expect(tailleOctets).toBe(150 * MIB);
    const hash = createHash('sha256');
    await pipeline(
      await store.open(empreinte),
      new Writable({
        write(chunk: Buffer, _encoding, done) {
          watch();
          hash.update(chunk);
          done();
        },
      }),
    );
    expect(hash.digest('hex')).toBe(empreinte);
    expect((peak - before) / MIB).toBeLessThan(60);
  }, 60_000);
});
