import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DataSource } from 'typeorm';
import { startPostgres } from '../../../apps/local/src/servers/postgres/postgres';
import { findFullDisk } from '../../../test/faults/full-disk';
import { freshDatabase } from '../test/fresh-database';
import type { FreshDatabase } from '../test/fresh-database';
import { checkWritable } from './check-writable';
import { createDataSource } from './data-source';
import { FileDocumentStore } from './documents/file-document-store';

jest.setTimeout(120_000);

const refusalOf = (check: Promise<void>): Promise<unknown> =>
  check.then(
    () => null,
    (error: unknown) => (error as { code?: unknown }).code,
  );

describe('la base, quand on lui demande une écriture', () => {
  let database: FreshDatabase;
  beforeEach(async () => {
    database = await freshDatabase();
  });
  afterEach(() => database.close());

  it('la fait sans rien en garder, autant de fois qu’on veut et de front', async () => {
    const { dataSource } = database;
    await Promise.all(Array.from({ length: 20 }, () => checkWritable(dataSource)));
    expect(await dataSource.query(`SELECT relname FROM pg_class WHERE relname = 'sonde_d_ecriture'`)).toEqual(
      [],
    );
  });

  it('en lecture seule par un réglage, la refuse, alors qu’une lecture y réussit', async () => {
    const nom = new URL(database.url).pathname.slice(1);
    await database.owner.query(`ALTER DATABASE ${nom} SET default_transaction_read_only = on`);
    const session = await database.another(1);
    expect(await session.query('SELECT 1 AS un')).toEqual([{ un: 1 }]);
    expect(await refusalOf(checkWritable(session))).toBe('25006');
  });
});

const disk = findFullDisk(180);
const onFullDisk = disk === null || process.getuid?.() !== 0 ? describe.skip : describe;

/** Sous root, un vrai disque plein ; ailleurs, cet essai se saute. */
onFullDisk('un disque plein', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'disque-plein-'));
    chmodSync(folder, 0o711);
    mkdirSync(path.join(folder, 'disque'));
    disk?.prepare(path.join(folder, 'disque'));
  });
  afterAll(() => {
    disk?.release();
    rmSync(folder, { recursive: true, force: true });
  });

  it('se dit par la base et par les documents, puis s’oublie quand la place revient', async () => {
    const server = await startPostgres({
      folder: path.join(folder, 'disque', 'postgres'),
      journal: path.join(folder, 'postgres.log'),
      durable: false,
    });
    const documents = new FileDocumentStore(path.join(folder, 'disque', 'stockage'));
    let session: DataSource | undefined;
    try {
      session = await createDataSource({
        url: server.url,
        poolSize: 1,
        applicationName: 'essais',
      }).initialize();
      await checkWritable(session);
      await documents.checkWritable();
      disk?.fill([]);
      expect([await refusalOf(checkWritable(session)), await refusalOf(documents.checkWritable())]).toEqual([
        '53100',
        'ENOSPC',
      ]);
      disk?.free([]);
      await checkWritable(session);
      await documents.checkWritable();
    } finally {
      await session?.destroy();
      await server.stop();
    }
  });
});
