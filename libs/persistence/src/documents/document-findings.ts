import type { Instant } from '@teletransmission/kernel';
import type { Actor } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { column } from '../sql/columns';
import { readRowOrNull, readRows } from '../sql/read-rows';
import { writeAudit } from '../statements/statement';

/** Ce qu'un document ne devrait pas être. `orphan` et `leftover` prennent de la place ; le reste est une perte. */
const FINDING_KINDS = ['missing', 'altered', 'wrong-size', 'unreadable', 'orphan', 'leftover'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

const OPEN_ROW = z.object({
  empreinte: column.text,
  genre: column.word(FINDING_KINDS),
  vu_le: column.instant,
});
const GENRE_ROW = z.object({ genre: column.word(FINDING_KINDS) });
const NEUF_ROW = z.object({ neuf: column.boolean });

const DAMAGES: readonly FindingKind[] = ['missing', 'altered', 'wrong-size', 'unreadable'];

export interface OpenFindings {
  readonly damages: readonly {
    readonly empreinte: string;
    readonly genre: FindingKind;
    readonly vuLe: string;
  }[];
  readonly orphans: number;
  readonly leftovers: number;
}

/** Les constats sur les documents : ouverts quand on les voit, revus, puis résolus. Une perte et son retour vont au journal d'audit. */
export class DocumentFindings {
  constructor(
    private readonly dataSource: DataSource,
    private readonly acteur: Actor,
  ) {}

  async found(empreinte: string, genre: FindingKind, taille: number | null, at: Instant): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const row = await readRowOrNull(
        manager,
        NEUF_ROW,
        `INSERT INTO constats_documents (empreinte, genre, taille_octets, vu_le, revu_le) VALUES ($1, $2, $3, $4, $4)
          ON CONFLICT (empreinte, genre) WHERE resolu_le IS NULL DO UPDATE SET revu_le = excluded.revu_le
          RETURNING xmax = 0 AS neuf`,
        [empreinte, genre, taille, at],
      );
      if (row?.neuf === true && DAMAGES.includes(genre))
        await writeAudit(manager, this.entry('document-damaged', empreinte, { genre }, at));
    });
  }

  /** Le contenu est là, entier, et à sa place : tout ce qui s'en disait est fini. */
  async sound(empreinte: string, at: Instant): Promise<void> {
    const open: unknown[] = await this.dataSource.query(
      'SELECT 1 FROM constats_documents WHERE empreinte = $1 AND resolu_le IS NULL LIMIT 1',
      [empreinte],
    );
    if (open.length === 0) return;
    await this.dataSource.transaction(async (manager) => {
      const resolved = await readRows(
        manager,
        GENRE_ROW,
        `WITH resolus AS (UPDATE constats_documents SET resolu_le = $2 WHERE empreinte = $1 AND resolu_le IS NULL RETURNING genre)
          SELECT genre FROM resolus`,
        [empreinte, at],
      );
      if (resolved.some(({ genre }) => DAMAGES.includes(genre)))
        await writeAudit(manager, this.entry('document-recovered', empreinte, {}, at));
    });
  }

  /** Ce que rien ne désigne et qui n'est plus là. */
  async gone(empreinte: string, at: Instant): Promise<void> {
    await this.dataSource.query(
      'UPDATE constats_documents SET resolu_le = $2 WHERE empreinte = $1 AND resolu_le IS NULL',
      [empreinte, at],
    );
  }

  async purged(count: number, octets: number, motif: string, at: Instant): Promise<void> {
    await writeAudit(this.dataSource.manager, {
      ...this.entry('documents-purged', 'orphelins', { documents: count, octets }, at),
      motif,
    });
  }

  async open(): Promise<OpenFindings> {
    const rows = await readRows(
      this.dataSource,
      OPEN_ROW,
      'SELECT empreinte, genre, vu_le FROM constats_documents WHERE resolu_le IS NULL ORDER BY id',
    );
    return {
      damages: rows
        .filter(({ genre }) => DAMAGES.includes(genre))
        .map(({ empreinte, genre, vu_le }) => ({ empreinte, genre, vuLe: vu_le })),
      orphans: rows.filter(({ genre }) => genre === 'orphan').length,
      leftovers: rows.filter(({ genre }) => genre === 'leftover').length,
    };
  }

  private entry(
    evenement: string,
    sujetId: string,
    preuve: Readonly<Record<string, string | number>>,
    instant: Instant,
  ): Parameters<typeof writeAudit>[1] {
    return {
      collectiviteId: null,
      deliberationId: null,
      sujet: 'document',
      sujetId,
      evenement,
      etatAvant: null,
      etatApres: null,
      instant,
      acteur: this.acteur,
      motif: null,
      preuve,
    };
  }
}
