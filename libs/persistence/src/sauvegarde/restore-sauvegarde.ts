import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { DataSource } from 'typeorm';
import type { FileDocumentStore } from '../documents/file-document-store';
import { FileDocumentStore as Store } from '../documents/file-document-store';
import { hasPendingMigrations, migrate, migrateUpTo } from '../migrate';
import { appliedMigrations } from './catalogue';
import type { CopyReport } from './copy-documents';
import { copyDocuments } from './copy-documents';
import { hashFile, readList } from '../documents/document-list';
import { loadBooks } from './load-books';
import type { Manifest } from './manifest';
import { findSauvegarde, readManifest, SauvegardeFailure } from './manifest';
import { markRestored } from './mark-restored';

export interface RestoreRequest {
  readonly from: string;
  readonly tell?: (text: () => string) => void;
  readonly signal?: AbortSignal;
}

export interface RestoredBooks {
  readonly markerId: string;
  readonly manifest: Manifest;
  readonly documents: CopyReport;
}

/** Ce dont une seule ligne prouve qu'une base sert déjà. */
const CORE_TABLES = ['collectivites', 'comptes', 'deliberations', 'retours', 'audit_entries'];

/**
 * Restaure une sauvegarde dans une base vide. Les documents d'abord, puis les livres qui les désignent, comme au dépôt. Tant que la
 * restauration n'est pas close (`finishRestauration`), aucun processus ne sert cette base (`refusalToServe`).
 */
export class RestoreSauvegarde {
  constructor(
    private readonly dataSource: DataSource,
    private readonly documents: FileDocumentStore,
  ) {}

  /** @throws SauvegardeFailure quand la base n'est pas vide, ou que la sauvegarde ne tient pas ce que dit son manifeste. */
  async execute(request: RestoreRequest): Promise<RestoredBooks> {
    const { folder, documents: shelf } = await findSauvegarde(request.from);
    const manifest = await readManifest(folder);
    await this.checkFiles(folder, manifest, request);
    const begun = await this.begin(manifest);
    const documents = await copyDocuments(
      readList(path.join(folder, manifest.documents.fichier)),
      new Store(shelf),
      this.documents,
      {
        // Ce qui reste d'un disque qu'on a perdu ne se croit pas sur sa taille.
        rereads: true,
        ...(request.signal ? { signal: request.signal } : {}),
        onProgress: (count, octets) =>
          request.tell?.(
            () =>
              `documents : ${count} sur ${manifest.documents.nombre}, ${Math.round(octets / 1_048_576)} Mio`,
          ),
      },
    );
    this.checkDocuments(documents, manifest);
    if (!begun.isLoaded) await loadBooks(this.dataSource, folder, manifest, begun.markerId, request);
    // Les migrations nées depuis la sauvegarde s'appliquent à ce qu'elle a rendu.
    if (await hasPendingMigrations(this.dataSource)) await migrate(this.dataSource);
    await markRestored(this.dataSource, manifest);
    return { markerId: begun.markerId, manifest, documents };
  }

  private async checkFiles(folder: string, manifest: Manifest, request: RestoreRequest): Promise<void> {
    for (const { fichier, empreinte } of [...manifest.tables, manifest.documents]) {
      request.signal?.throwIfAborted();
      const found = await hashFile(path.join(folder, fichier), request.signal).catch(() => null);
      request.signal?.throwIfAborted();
      if (found !== empreinte)
        throw new SauvegardeFailure(
          'restauration/altered-file',
          `Le fichier ${fichier} de la sauvegarde est absent ou abîmé : rien n'a été touché. Prenez une sauvegarde plus ancienne.`,
        );
    }
  }

  private checkDocuments({ damaged }: CopyReport, manifest: Manifest): void {
    const known = new Set(manifest.documents.abimes.map(({ empreinte }) => empreinte));
    const lost = damaged.filter(({ empreinte }) => !known.has(empreinte));
    if (lost.length === 0) return;
    throw new SauvegardeFailure(
      'restauration/altered-documents',
      `${lost.length} document(s) de la sauvegarde sont absents ou abîmés (${lost[0]?.empreinte ?? ''}…) : la base n'a pas été chargée.`,
    );
  }

  /** Prépare une base neuve, ou reprend une restauration de la même sauvegarde interrompue plus tôt. */
  private async begin(
    manifest: Manifest,
  ): Promise<{ readonly markerId: string; readonly isLoaded: boolean }> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const applied = await appliedMigrations(runner);
      if (applied.length === 0) await migrateUpTo(this.dataSource, manifest.migrations);
      else if (applied.join() !== manifest.migrations.join() && !(await this.isLoadedFrom(manifest, applied)))
        throw new SauvegardeFailure(
          'restauration/other-schema',
          'Le schéma de cette base n’est pas celui de la sauvegarde : donnez une base neuve, la restauration la met elle-même à niveau.',
        );
    } finally {
      await runner.release();
    }
    const [open]: { id: string; chargee: string | null }[] = await this.dataSource.query(
      `SELECT id, bilan->>'chargee' AS chargee FROM restaurations WHERE finie_le IS NULL`,
    );
    if (open?.chargee === manifest.id) return { markerId: open.id, isLoaded: true };
    await this.refuseNonEmpty();
    const markerId = randomUUID();
    await this.dataSource.query('DELETE FROM restaurations WHERE finie_le IS NULL');
    await this.dataSource.query(
      'INSERT INTO restaurations (id, image_du, commencee_le) VALUES ($1, $2, clock_timestamp())',
      [markerId, manifest.imageDu],
    );
    return { markerId, isLoaded: false };
  }

  private async isLoadedFrom(manifest: Manifest, applied: readonly string[]): Promise<boolean> {
    if (!applied.some((name) => name.startsWith('Exploitation'))) return false;
    const rows: unknown[] = await this.dataSource.query(
      `SELECT 1 FROM restaurations WHERE finie_le IS NULL AND bilan->>'chargee' = $1`,
      [manifest.id],
    );
    return rows.length > 0;
  }

  private async refuseNonEmpty(): Promise<void> {
    for (const table of CORE_TABLES) {
      const rows: unknown[] = await this.dataSource.query(`SELECT 1 FROM ${table} LIMIT 1`);
      if (rows.length > 0)
        throw new SauvegardeFailure(
          'restauration/not-empty',
          `Cette base n'est pas vide (table ${table}) : une restauration n'écrase rien. Donnez une base neuve.`,
        );
    }
  }
}
