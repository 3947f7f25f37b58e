import type { Empreinte } from '@teletransmission/teletransmission';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { FileDocumentStore } from './file-document-store';
import type { HeldContents } from './held-contents';

let folder: string;
let store: FileDocumentStore;
/** Un autre processus, sur le même dossier. */
let elsewhere: FileDocumentStore;
let referenced: Set<string>;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'documents-'));
  store = new FileDocumentStore(folder);
  elsewhere = new FileDocumentStore(folder);
  referenced = new Set();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const of = (bytes: Buffer): Readable => Readable.from([bytes], { objectMode: false });
const referencedAmong = (empreintes: readonly string[]): Promise<ReadonlySet<string>> =>
  Promise.resolve(new Set(empreintes.filter((one) => referenced.has(one))));
const hold = (from = store): HeldContents => from.hold(referencedAmong);
const read = async (empreinte: Empreinte): Promise<Buffer> => buffer(await store.open(empreinte));

async function files(): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

describe('ce qu’une demande a déposé', () => {
  it('est effacé aussitôt qu’elle est refusée', async () => {
    const held = hold();
    const stored = [await held.put(of(randomBytes(10_000))), await held.put(of(randomBytes(10)))];
    expect((await files()).length).toBe(2);
    expect(await held.release()).toBe(2);
    expect(await files()).toEqual([]);
    await expect(store.open(stored[0]?.empreinte as Empreinte)).rejects.toMatchObject({
      code: 'document/missing',
    });
  });

  it('est effacé aussi quand elle l’a joint deux fois', async () => {
    const held = hold();
    const bytes = randomBytes(100);
    await held.put(of(bytes));
    await held.put(of(bytes));
    expect(await held.release()).toBe(1);
    expect(await files()).toEqual([]);
  });

  it('reste quand elle est acceptée, et ne se reprend plus', async () => {
    const held = hold();
    const { empreinte } = await held.put(of(Buffer.from('accepté')));
    held.keep();
    expect(await held.release()).toBe(0);
    expect((await read(empreinte)).toString()).toBe('accepté');
  });

  it('reste quand il servait déjà, fût-ce à un dépôt que rien ne désigne encore', async () => {
    const bytes = randomBytes(100);
    const { empreinte } = await store.put(of(bytes));
    const held = hold();
    await held.put(of(bytes));
    expect(await held.release()).toBe(0);
    expect(await read(empreinte)).toEqual(bytes);
  });

  it.each([
    ['ce processus', (): FileDocumentStore => store],
    ['un autre processus', (): FileDocumentStore => elsewhere],
  ])('reste quand %s l’a déposé entre-temps', async (_, other) => {
    const bytes = randomBytes(100);
    const held = hold();
    const { empreinte } = await held.put(of(bytes));
    await other().put(of(bytes));
    await held.release();
    expect(await read(empreinte)).toEqual(bytes);
  });

  it('reste quand une autre demande l’a inscrit', async () => {
    const bytes = randomBytes(100);
    const [refused, accepted] = [hold(), hold()];
    const { empreinte } = await refused.put(of(bytes));
    await accepted.put(of(bytes));
    referenced.add(empreinte);
    accepted.keep();
    expect(await refused.release()).toBe(0);
    expect(await read(empreinte)).toEqual(bytes);
  });

  it('partagé par deux demandes refusées, part avec la dernière', async () => {
    const bytes = randomBytes(100);
    const [one, two] = [hold(), hold()];
    await one.put(of(bytes));
    await two.put(of(bytes));
    expect(await one.release()).toBe(0);
    expect(await files()).toHaveLength(1);
    expect(await two.release()).toBe(1);
    expect(await files()).toEqual([]);
  });

  it('reste, dans le doute, quand on ne peut savoir s’il sert', async () => {
    const held = store.hold(() => Promise.reject(new Error('base arrêtée')));
    const { empreinte } = await held.put(of(Buffer.from('incertain')));
    expect(await held.release()).toBe(0);
    expect((await read(empreinte)).toString()).toBe('incertain');
  });

  it('n’ôte rien à personne, dans quelque ordre que dix dépôts et dix refus se croisent', async () => {
    const bytes = [randomBytes(2_000), randomBytes(2_000)] as const;
    for (let round = 0; round < 30; round += 1) {
      const accepted = new Set<string>();
      const one = async (index: number): Promise<void> => {
        const from = index % 3 === 0 ? elsewhere : store;
        const held = hold(from);
        const { empreinte } = await held.put(of(bytes[index % 2] ?? bytes[0]));
        // Une demande lit toujours ce qu'elle vient de déposer.
        expect((await buffer(await from.open(empreinte))).length).toBe(2_000);
        if ((index * 7 + round) % 5 === 0) {
          referenced.add(empreinte);
          accepted.add(empreinte);
          held.keep();
        } else await held.release();
      };
      await Promise.all(Array.from({ length: 20 }, (_, index) => one(index)));
      for (const empreinte of accepted) expect((await read(empreinte as Empreinte)).length).toBe(2_000);
      referenced.clear();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('une part d’un contenu', () => {
  it('se lit seule, bornes comprises', async () => {
    const { empreinte } = await store.put(of(Buffer.from('0123456789')));
    expect((await buffer(await store.open(empreinte, { start: 2, end: 4 }))).toString()).toBe('234');
    expect((await buffer(await store.open(empreinte, { start: 9, end: 9 }))).toString()).toBe('9');
  });
});
