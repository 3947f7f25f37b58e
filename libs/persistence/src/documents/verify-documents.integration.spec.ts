import type { StoredContent } from '@teletransmission/teletransmission';
import { FakeClock } from '@teletransmission/testkit';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { FreshDatabase } from '../../test/fresh-database';
import { freshDatabase } from '../../test/fresh-database';
import { TestLedger } from '../../test/test-ledger';
import { DocumentFindings } from './document-findings';
import { FileDocumentStore } from './file-document-store';
import { PurgeDocuments } from './purge-documents';
import { VerifyDocuments } from './verify-documents';

const CONSOLE = { kind: 'console' } as const;
const WHOLE = { budgetOctets: Infinity, everyMs: 0 };

let database: FreshDatabase;
let folder: string;
let store: FileDocumentStore;
let ledger: TestLedger;
let verify: VerifyDocuments;
let purge: PurgeDocuments;
let findings: DocumentFindings;
let kept: StoredContent;
beforeEach(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(path.join(os.tmpdir(), 'relecture-'));
  store = new FileDocumentStore(folder);
  const clock = new FakeClock();
  const { dataSource } = database;
  verify = new VerifyDocuments(dataSource, store, clock, CONSOLE);
  purge = new PurgeDocuments(dataSource, store, clock, CONSOLE);
  findings = new DocumentFindings(dataSource, CONSOLE);
  ledger = await TestLedger.open(dataSource);
  kept = await deposited(randomBytes(2_000));
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const put = (bytes: Buffer): Promise<StoredContent> =>
  store.put(Readable.from([bytes], { objectMode: false }));
const fileOf = ({ empreinte }: StoredContent): string => path.join(folder, empreinte.slice(0, 2), empreinte);

async function deposited(bytes: Buffer): Promise<StoredContent> {
  const stored = await put(bytes);
  const piece = {
    rang: 0,
    typePiece: '99_DE',
    nomFichier: 'extrait.pdf',
    format: 'pdf',
    remarques: [],
    signature: null,
    ...stored,
  } as const;
  await ledger.deposit({ pieces: [piece] });
  return stored;
}

/** Vieillit un fichier : la purge ne touche pas au récent. */
async function age(file: string): Promise<void> {
  const old = new Date('2020-01-01T00:00:00Z');
  await utimes(file, old, old);
}

async function audited(): Promise<readonly string[]> {
  const rows: { evenement: string }[] = await database.dataSource.query(
    `SELECT evenement FROM audit_entries WHERE sujet = 'document' ORDER BY rang`,
  );
  return rows.map(({ evenement }) => evenement);
}

describe('la relecture des documents', () => {
  it('ne trouve rien à redire à un dépôt sain', async () => {
    expect(await verify.execute(WHOLE)).toEqual({ documents: 1, octets: 2_000, isOver: true });
    expect(await findings.open()).toEqual({ damages: [], orphans: 0, leftovers: 0 });
  });

  it.each([
    ['absent', 'missing', () => rm(fileOf(kept))],
    ['amputé', 'wrong-size', () => truncate(fileOf(kept), 10)],
    ['altéré', 'altered', () => writeFile(fileOf(kept), randomBytes(2_000))],
  ] as const)(
    'dit un document %s, une fois au journal, et la purge n’y touche pas',
    async (_, genre, damage) => {
      await damage();
      await verify.execute(WHOLE);
      await verify.execute(WHOLE);
      expect((await findings.open()).damages).toMatchObject([{ empreinte: kept.empreinte, genre }]);
      expect(await audited()).toEqual(['document-damaged']);
      expect(await purge.execute(1, 'essai')).toMatchObject({ documents: 0 });
    },
  );

  it('dit qu’un document perdu est revenu', async () => {
    const bytes = randomBytes(300);
    const lost = await deposited(bytes);
    await rm(fileOf(lost));
    await verify.execute(WHOLE);
    await put(bytes);
    await verify.execute(WHOLE);
    expect((await findings.open()).damages).toEqual([]);
    expect(await audited()).toEqual(['document-damaged', 'document-recovered']);
  });

  it('avance par passes bornées, et reprend où elle en était', async () => {
    await deposited(randomBytes(500));
    await deposited(randomBytes(700));
    const passes = [];
    for (let index = 0; index < 4; index += 1)
      passes.push(await verify.execute({ budgetOctets: 1, everyMs: 1_000_000_000 }));
    expect(passes.map(({ documents }) => documents)).toEqual([1, 1, 1, 0]);
    expect(passes.map(({ isOver }) => isOver)).toEqual([false, false, true, true]);
    const rows: unknown[] = await database.dataSource.query(
      'SELECT documents, octets FROM passages_documents',
    );
    expect(rows).toEqual([{ documents: '3', octets: '3200' }]);
  });

  it('compte les orphelins et les restes d’arrivée, sans y toucher', async () => {
    const orphan = await put(randomBytes(100));
    await age(fileOf(orphan));
    const leftover = path.join(folder, 'arrivee', 'reste');
    await writeFile(leftover, 'à moitié');
    await age(leftover);
    await put(randomBytes(50));
    await verify.execute(WHOLE);
    expect(await findings.open()).toEqual({ damages: [], orphans: 1, leftovers: 1 });
    expect(await store.sizeOf(orphan.empreinte)).toBe(100);

    expect(await purge.execute(7, 'dépôts refusés')).toEqual({ documents: 1, octets: 100, leftovers: 1 });
    expect(await store.sizeOf(orphan.empreinte)).toBeNull();
    expect(await findings.open()).toEqual({ damages: [], orphans: 0, leftovers: 0 });
    expect(await audited()).toEqual(['documents-purged']);
  });
});

describe('la purge', () => {
  it('n’efface jamais ce qui est désigné, si vieux soit-il', async () => {
    await age(fileOf(kept));
    expect(await purge.execute(1, 'essai')).toMatchObject({ documents: 0 });
    expect(await store.hashOf(kept.empreinte)).toBe(kept.empreinte);
  });

  it('épargne un orphelin qu’on vient de déposer de nouveau', async () => {
    const bytes = randomBytes(100);
    const orphan = await put(bytes);
    await age(fileOf(orphan));
    await put(bytes);
    expect(await purge.execute(1, 'essai')).toMatchObject({ documents: 0 });
    expect(await store.sizeOf(orphan.empreinte)).toBe(100);
  });

  it('laisse le contenu en place quand un dépôt des mêmes octets la croise, cent fois', async () => {
    const bytes = randomBytes(64);
    const orphan = await put(bytes);
    for (let turn = 0; turn < 100; turn += 1) {
      await age(fileOf(orphan)).catch(() => undefined);
      const [stored] = await Promise.all([
        put(bytes),
        store
          .removeOrphan(orphan.empreinte, 1_000, () => Promise.resolve(false))
          .catch((error: unknown) => {
            if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
          }),
      ]);
      expect(await store.hashOf(stored.empreinte)).toBe(orphan.empreinte);
    }
    expect(await readdir(path.join(folder, 'arrivee'))).toEqual([]);
  });

  it('rend à sa place ce qui vient d’être désigné pendant qu’elle l’ôtait', async () => {
    const orphan = await put(randomBytes(64));
    await age(fileOf(orphan));
    const answers = [false, true];
    const isReferenced = (): Promise<boolean> => Promise.resolve(answers.shift() ?? true);
    expect(await store.removeOrphan(orphan.empreinte, 1_000, isReferenced)).toBe(false);
    expect(await store.hashOf(orphan.empreinte)).toBe(orphan.empreinte);
  });
});
