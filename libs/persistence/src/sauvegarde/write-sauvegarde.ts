import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { DataSource } from 'typeorm';
import { readHeads } from '../audit/audit-chains';
import { FileDocumentStore } from '../documents/file-document-store';
import { appliedMigrations, quoted, sequencesOf, tablesOf } from './catalogue';
import type { CopiedTable } from './catalogue';
import { copyDocuments } from './copy-documents';
import { cancelOnAbort } from './cancel-on-abort';
import { drainable, listText, readList, referencedDocuments, writeHashed } from '../documents/document-list';
import type { Manifest } from './manifest';
import {
  DOCUMENT_LIST,
  DOCUMENTS,
  folderNameOf,
  MANIFEST_NAME,
  SAUVEGARDES,
  SauvegardeFailure,
  syncFolder,
} from './manifest';

export interface SauvegardeRequest {
  /** Le dossier des sauvegardes ; chacune y a le sien, et toutes s'y partagent les documents. */
  readonly root: string;
  readonly version: string;
  readonly rereads?: boolean;
  readonly tell?: (text: () => string) => void;
  readonly signal?: AbortSignal;
}

export interface WrittenSauvegarde {
  readonly folder: string;
  readonly manifest: Manifest;
  /** Les documents que le dossier n'avait pas encore. */
  readonly copied: number;
}

type Books = Omit<Manifest, 'documents'> & { readonly listEmpreinte: string };

/**
 * Sauvegarde la base et les documents en un même point. L'image de la base est prise d'abord ; les documents qu'elle désigne sont copiés
 * ensuite : un document est rangé avant d'être désigné, et jamais effacé tant qu'il l'est, donc tous ceux de l'image sont là.
 * Interrompue, elle efface le sien ; tuée, elle ne laisse qu'un dossier sans manifeste, au nom caché, qu'une suivante efface.
 */
export class WriteSauvegarde {
  constructor(
    private readonly dataSource: DataSource,
    private readonly documents: FileDocumentStore,
  ) {}

  async execute(request: SauvegardeRequest): Promise<WrittenSauvegarde> {
    const id = randomUUID();
    const shelf = path.join(path.resolve(request.root), SAUVEGARDES);
    const draft = path.join(shelf, `.en-cours-${id}`);
    try {
      await mkdir(path.join(draft, 'tables'), { recursive: true, mode: 0o750 });
      await forgetDrafts(shelf);
      const books = await this.copyBooks(draft, id, request);
      const { listEmpreinte, ...rest } = books;
      const list = path.join(draft, DOCUMENT_LIST);
      const store = new FileDocumentStore(path.join(path.resolve(request.root), DOCUMENTS));
      const copy = await copyDocuments(readList(list), this.documents, store, {
        rereads: request.rereads ?? false,
        ...(request.signal ? { signal: request.signal } : {}),
        onProgress: (documents, octets) =>
          request.tell?.(() => `documents : ${documents} vérifiés, ${Math.round(octets / 1_048_576)} Mio`),
      });
      const manifest: Manifest = {
        ...rest,
        documents: {
          nombre: copy.documents,
          octets: copy.octets,
          fichier: DOCUMENT_LIST,
          empreinte: listEmpreinte,
          abimes: [...copy.damaged],
        },
      };
      request.signal?.throwIfAborted();
      const folder = path.join(shelf, folderNameOf(manifest.imageDu));
      await this.publish(draft, folder, manifest);
      await this.record(folder, manifest);
      return { folder, manifest, copied: copy.copied };
    } catch (error) {
      // Un brouillon que ce disque ne laisse pas effacer ne cache pas ce qui l'a arrêté : la suivante l'effacera.
      await rm(draft, { recursive: true, force: true }).catch(() => undefined);
      throw unwritableOr(error, request.root);
    }
  }

  /** Tout ce que la base porte, dans une seule image : rien de ce qui s'écrit pendant n'y entre à moitié. */
  private async copyBooks(draft: string, id: string, request: SauvegardeRequest): Promise<Books> {
    const runner = this.dataSource.createQueryRunner();
    const client = (await runner.connect()) as PoolClient;
    const stopListening = await cancelOnAbort(this.dataSource, runner, request.signal);
    try {
      await runner.startTransaction('REPEATABLE READ');
      await runner.query('SET TRANSACTION READ ONLY');
      await runner.query('SET LOCAL statement_timeout = 0');
      const [{ image }] = (await runner.query('SELECT clock_timestamp() AS image')) as [{ image: Date }];
      const tables: Manifest['tables'] = [];
      for (const table of await tablesOf(runner)) {
        request.signal?.throwIfAborted();
        tables.push(await copyTable(client, table, draft));
        request.tell?.(() => `base : ${tables.length} tables copiées, ${table.nom} en dernier`);
      }
      const list = listText(referencedDocuments(runner));
      const listEmpreinte = await writeHashed(path.join(draft, DOCUMENT_LIST), list);
      return {
        format: 1,
        id,
        imageDu: image.toISOString(),
        version: request.version,
        migrations: [...(await appliedMigrations(runner))],
        tables,
        sequences: [...(await sequencesOf(runner))],
        chaines: [...(await readHeads(runner.manager))],
        listEmpreinte,
      };
    } catch (error) {
      request.signal?.throwIfAborted();
      throw error;
    } finally {
      stopListening();
      await runner.rollbackTransaction().catch(() => undefined);
      await runner.release();
    }
  }

  /** Le manifeste d'abord, forcé ; puis le dossier prend son nom d'un seul coup. */
  private async publish(draft: string, folder: string, manifest: Manifest): Promise<void> {
    await syncFolder(path.join(draft, 'tables'));
    const text = `${JSON.stringify(manifest, null, 1)}\n`;
    await writeFile(path.join(draft, MANIFEST_NAME), text, { flag: 'wx', mode: 0o640, flush: true });
    await syncFolder(draft);
    await rename(draft, folder);
    await syncFolder(path.dirname(folder));
  }

  private async record(folder: string, manifest: Manifest): Promise<void> {
    const lignes = manifest.tables.reduce((sum, table) => sum + table.lignes, 0);
    await this.dataSource.query(
      `INSERT INTO sauvegardes (id, image_du, finie_le, dossier, lignes, documents, octets)
        VALUES ($1, $2, clock_timestamp(), $3, $4, $5, $6)`,
      [manifest.id, manifest.imageDu, folder, lignes, manifest.documents.nombre, manifest.documents.octets],
    );
  }
}

/** Ce que dit un disque où l'on ne peut écrire ; le reste est une panne d'ailleurs. */
const UNWRITABLE = [
  'EACCES',
  'EDQUOT',
  'EEXIST',
  'EIO',
  'ENAMETOOLONG',
  'ENOSPC',
  'ENOTDIR',
  'EPERM',
  'EROFS',
];

function unwritableOr(error: unknown, root: string): unknown {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (!UNWRITABLE.includes(code)) return error;
  return new SauvegardeFailure(
    'sauvegarde/unwritable',
    `« ${root} » ne se laisse pas écrire (${code}) : rien n'y a été laissé. Donnez un dossier où il y a place et droit d'écrire.`,
    error,
  );
}

/** Aucune sauvegarde ne dure un jour : un brouillon plus vieux est celui d'un mort. */
const DRAFT_STALE_MS = 86_400_000;

async function forgetDrafts(shelf: string): Promise<void> {
  for (const name of (await readdir(shelf)).filter((one) => one.startsWith('.en-cours-'))) {
    const draft = path.join(shelf, name);
    const { mtimeMs } = await stat(draft);
    if (mtimeMs < Date.now() - DRAFT_STALE_MS) await rm(draft, { recursive: true, force: true });
  }
}

async function copyTable(
  client: PoolClient,
  table: CopiedTable,
  draft: string,
): Promise<Manifest['tables'][number]> {
  const fichier = `tables/${table.nom}.copy.gz`;
  const columns = table.colonnes.map(quoted).join(', ');
  const stream = client.query(copyTo(`COPY ${quoted(table.nom)} (${columns}) TO STDOUT`));
  const { content, drained } = drainable(stream);
  const empreinte = await writeHashed(path.join(draft, fichier), content).finally(() => drained);
  return {
    nom: table.nom,
    colonnes: [...table.colonnes],
    lignes: stream.rowCount,
    fichier,
    empreinte,
  };
}
