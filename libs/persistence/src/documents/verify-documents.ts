import type { Clock } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import type { Actor } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { column } from '../sql/columns';
import { readRowOrNull, readRows } from '../sql/read-rows';
import type { ReferencedDocument } from './document-list';
import { referencedDocuments } from './document-list';
import type { FindingKind } from './document-findings';
import { DocumentFindings } from './document-findings';
import type { FileDocumentStore } from './file-document-store';
import { StoreFailure } from '@teletransmission/teletransmission';

/** Un dépôt en cours n'est encore désigné par rien : avant ce délai, un contenu sans référence n'a rien d'anormal. */
export const ORPHAN_GRACE_MS = 7 * 86_400_000;
const LEFTOVER_AFTER_MS = 86_400_000;
/** Un contenu ne reste dans la corbeille que le temps d'un regard : au-delà, qui l'y avait mis est mort. */
const BIN_STALE_MS = 3_600_000;

export interface VerifyRequest {
  /** Octets à relire avant de rendre la main ; le curseur reste en base. */
  readonly budgetOctets: number;
  /** Un tour ne recommence pas avant ce délai depuis le début du dernier. */
  readonly everyMs: number;
  readonly onProgress?: (documents: number, octets: number) => void;
  readonly signal?: AbortSignal;
}

export interface VerifyReport {
  readonly documents: number;
  readonly octets: number;
  readonly isOver: boolean;
}

const PASSAGE_ROW = z.object({ id: column.text, curseur: column.text });
const LAST_ROW = PASSAGE_ROW.extend({ commence_le: column.instant, fini_le: column.instant.nullable() });

type Passage = z.infer<typeof PASSAGE_ROW>;

/**
 * Relit les documents que la base désigne, par petites passes : absents, amputés, altérés, illisibles. Le tour fini, cherche ce que rien ne
 * désigne. N'efface jamais rien.
 */
export class VerifyDocuments {
  private readonly findings: DocumentFindings;

  constructor(
    private readonly dataSource: DataSource,
    private readonly documents: FileDocumentStore,
    private readonly clock: Clock,
    acteur: Actor,
  ) {
    this.findings = new DocumentFindings(dataSource, acteur);
  }

  /** Une passe : reprend au curseur, et s'arrête au budget ou à la fin du tour. */
  async execute(request: VerifyRequest): Promise<VerifyReport> {
    const passage = await this.current(request.everyMs);
    if (!passage) return { documents: 0, octets: 0, isOver: true };
    let documents = 0;
    let octets = 0;
    let cursor = passage.curseur;
    const save = (): Promise<void> => this.advance(passage.id, cursor, documents, octets);
    try {
      for await (const document of referencedDocuments(this.dataSource, cursor)) {
        request.signal?.throwIfAborted();
        if (octets >= request.budgetOctets) return { documents, octets, isOver: false };
        octets += await this.check(document);
        documents += 1;
        cursor = document.empreinte;
        request.onProgress?.(documents, octets);
      }
    } finally {
      await save();
    }
    await this.findUnreferenced(request.signal);
    await this.dataSource.query('UPDATE passages_documents SET fini_le = $2 WHERE id = $1', [
      passage.id,
      this.clock.now(),
    ]);
    return { documents, octets, isOver: true };
  }

  /** Oublie le tour en cours : le suivant reprend au premier document. */
  async startOver(): Promise<void> {
    await this.dataSource.query('DELETE FROM passages_documents WHERE fini_le IS NULL');
  }

  private async current(everyMs: number): Promise<Passage | null> {
    const now = this.clock.now();
    const last = await readRowOrNull(
      this.dataSource,
      LAST_ROW,
      'SELECT id, curseur, commence_le, fini_le FROM passages_documents ORDER BY id DESC LIMIT 1',
    );
    if (last?.fini_le === null) return last;
    if (last && addMs(last.commence_le, everyMs) > now) return null;
    // Deux travailleurs peuvent ouvrir le tour ensemble : l'index n'en laisse qu'un, l'autre attendra sa prochaine passe.
    return readRowOrNull(
      this.dataSource,
      PASSAGE_ROW,
      `INSERT INTO passages_documents (commence_le) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id, curseur`,
      [now],
    );
  }

  private async advance(id: string, cursor: string, documents: number, octets: number): Promise<void> {
    await this.dataSource.query(
      `UPDATE passages_documents SET curseur = $2, documents = documents + $3, octets = octets + $4 WHERE id = $1`,
      [id, cursor, documents, octets],
    );
  }

  /** @returns les octets relus. */
  private async check({ empreinte, tailleOctets }: ReferencedDocument): Promise<number> {
    let read = 0;
    const found = await this.damageOf(empreinte, tailleOctets, (octets) => {
      read += octets;
    });
    const now = this.clock.now();
    if (found === null) await this.findings.sound(empreinte, now);
    else await this.findings.found(empreinte, found, tailleOctets, now);
    return read;
  }

  private async damageOf(
    empreinte: string,
    expected: number | null,
    onRead: (octets: number) => void,
  ): Promise<FindingKind | null> {
    try {
      const size = await this.documents.sizeOf(empreinte);
      if (size === null) return 'missing';
      if (expected !== null && size !== expected) return 'wrong-size';
      return (await this.documents.hashOf(empreinte, onRead)) === empreinte ? null : 'altered';
    } catch (error) {
      if (error instanceof StoreFailure) return error.code === 'document/missing' ? 'missing' : 'unreadable';
      throw error;
    }
  }

  private async findUnreferenced(signal: AbortSignal | undefined): Promise<void> {
    for (const { empreinte } of await this.documents.discarded(BIN_STALE_MS))
      await this.documents.restore(empreinte);
    for await (const shelf of this.documents.shelves()) {
      signal?.throwIfAborted();
      const old = shelf.filter(
        ({ modifieLeMs }) => modifieLeMs < Date.parse(this.clock.now()) - ORPHAN_GRACE_MS,
      );
      const referenced = await referencedAmong(
        this.dataSource,
        old.map(({ empreinte }) => empreinte),
      );
      for (const { empreinte, tailleOctets } of old)
        if (!referenced.has(empreinte))
          await this.findings.found(empreinte, 'orphan', tailleOctets, this.clock.now());
    }
    for (const { nom, tailleOctets } of await this.documents.leftovers(LEFTOVER_AFTER_MS))
      await this.findings.found(nom, 'leftover', tailleOctets, this.clock.now());
  }
}

const EMPREINTE_ROW = z.object({ empreinte: column.text });

/** Celles de ces empreintes que la base désigne. */
export async function referencedAmong(
  dataSource: DataSource,
  empreintes: readonly string[],
): Promise<ReadonlySet<string>> {
  if (empreintes.length === 0) return new Set();
  const rows = await readRows(
    dataSource,
    EMPREINTE_ROW,
    'SELECT DISTINCT empreinte FROM documents_references WHERE empreinte = ANY($1::char(64)[])',
    [empreintes],
  );
  return new Set(rows.map(({ empreinte }) => empreinte));
}
