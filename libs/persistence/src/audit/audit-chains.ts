import type { ChainedAuditEntry } from '@teletransmission/teletransmission';
import { AUDIT_CHAIN_ORIGIN, auditCanonicalText } from '@teletransmission/teletransmission';
import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { fromTimestamp } from '../instants';

/** Ce qu'une ligne du journal ne devrait pas être. */
export interface AuditFault {
  readonly chaine: string;
  readonly rang: number;
  /**
   * `altered` : la ligne ne donne plus son empreinte. `missing` : le rang manque. `unlinked` : elle ne suit pas celle d'avant.
   * `cut` : une ancre connaît un rang que la chaîne n'a plus. `rebuilt` : la chaîne a ce rang, avec une autre empreinte.
   */
  readonly code: 'audit/altered' | 'audit/missing' | 'audit/unlinked' | 'audit/cut' | 'audit/rebuilt';
}

export interface AuditReport {
  readonly chaines: number;
  readonly entries: number;
  readonly faults: readonly AuditFault[];
}

/** Le dernier rang d'une chaîne, et son empreinte : gardés ailleurs, ils trahissent une chaîne coupée ou refaite. */
export interface ChainHead {
  readonly chaine: string;
  readonly rang: number;
  readonly empreinte: string;
}

/** Ce qu'une vérification dit d'elle-même en chemin. */
export type AuditProgress = (chaine: string, entries: number) => void;

export interface AuditScope {
  /** Une seule chaîne ; toutes sans cela. */
  readonly chaine?: string | null;
  /** Les têtes d'une ancre : chacune doit être encore dans sa chaîne. */
  readonly anchors?: readonly ChainHead[];
  readonly onProgress?: AuditProgress;
  readonly signal?: AbortSignal;
}

interface ChainedRow {
  readonly chaine: string;
  readonly rang: string;
  readonly collectivite_id: string | null;
  readonly deliberation_id: string | null;
  readonly sujet: string;
  readonly sujet_id: string;
  readonly evenement: string;
  readonly etat_avant: string | null;
  readonly etat_apres: string | null;
  readonly instant: Date;
  readonly acteur_genre: string;
  readonly acteur_id: string | null;
  readonly acteur_nom: string | null;
  readonly motif: string | null;
  readonly preuve_gardee: string;
  readonly empreinte_precedente: string;
  readonly empreinte: string;
}

const PAGE = 1_000;

function entryOf(row: ChainedRow): ChainedAuditEntry {
  return {
    // La chaîne se déduit de la collectivité : une ligne passée de l'une à l'autre ne donne plus son empreinte.
    chaine: row.collectivite_id ?? 'plateforme',
    rang: Number(row.rang),
    instant: fromTimestamp(row.instant),
    sujet: row.sujet,
    sujetId: row.sujet_id,
    deliberationId: row.deliberation_id,
    evenement: row.evenement,
    etatAvant: row.etat_avant,
    etatApres: row.etat_apres,
    acteurGenre: row.acteur_genre,
    acteurId: row.acteur_id,
    acteurNom: row.acteur_nom,
    motif: row.motif,
    preuve: row.preuve_gardee,
    empreintePrecedente: row.empreinte_precedente,
    empreinte: row.empreinte,
  };
}

/** Recalcule le journal d'audit hors de la base qui l'a enchaîné : ce qu'elle a écrit seule, on le refait sans elle. */
export class AuditChains {
  constructor(private readonly dataSource: DataSource) {}

  /** Vérifie toutes les chaînes, ou celle d'une collectivité ; rend toutes les fautes, dans l'ordre des rangs. */
  async verify(chaine: string | null = null, scope: AuditScope = {}): Promise<AuditReport> {
    // Une seule image de la base : ce qui s'écrit pendant la vérification n'y paraît pas comme un manque.
    return this.dataSource.transaction('REPEATABLE READ', (manager) =>
      verifyChains(manager, { ...scope, chaine }),
    );
  }

  /** La tête de chaque chaîne, à garder ailleurs. */
  async heads(): Promise<readonly ChainHead[]> {
    return readHeads(this.dataSource.manager);
  }
}

/** La tête de chaque chaîne, vue de cette transaction. */
export async function readHeads(manager: EntityManager): Promise<readonly ChainHead[]> {
  const rows: { chaine: string; rang: string; empreinte: string }[] = await manager.query(
    'SELECT chaine, rang, empreinte FROM chaines_audit ORDER BY chaine',
  );
  return rows.map((row) => ({ ...row, rang: Number(row.rang) }));
}

/** La vérification, dans une transaction déjà ouverte : ce qu'elle voit est ce qu'elle vérifie. */
export async function verifyChains(manager: EntityManager, scope: AuditScope = {}): Promise<AuditReport> {
  const chaine = scope.chaine ?? null;
  const anchors = (scope.anchors ?? []).filter((head) => chaine === null || head.chaine === chaine);
  const heads: { chaine: string; rang: string | null; empreinte: string | null }[] = await manager.query(
    `SELECT chaine, c.rang, c.empreinte FROM chaines_audit c
      FULL JOIN (SELECT DISTINCT chaine FROM audit_entries) e USING (chaine)
      WHERE $1::text IS NULL OR chaine = $1 ORDER BY chaine`,
    [chaine],
  );
  const walks: ChainWalk[] = [];
  let entries = 0;
  for (const head of heads) {
    const walk = new ChainWalk(
      head.chaine,
      anchors.filter((anchor) => anchor.chaine === head.chaine),
    );
    for await (const row of rowsOf(manager, head.chaine)) {
      walk.step(row);
      entries += 1;
      if (entries % PAGE !== 0) continue;
      scope.signal?.throwIfAborted();
      scope.onProgress?.(head.chaine, entries);
    }
    walk.end(Number(head.rang ?? 0), head.empreinte);
    walks.push(walk);
  }
  const gone = anchors.filter((anchor) => !heads.some((head) => head.chaine === anchor.chaine));
  return {
    chaines: walks.length,
    entries,
    faults: [
      ...walks.flatMap((walk) => walk.faults),
      ...gone.map(({ chaine: name }): AuditFault => ({ chaine: name, rang: 1, code: 'audit/cut' })),
    ],
  };
}

async function* rowsOf(manager: EntityManager, chaine: string): AsyncGenerator<ChainedRow> {
  let after = '0';
  for (;;) {
    const page: ChainedRow[] = await manager.query(
      `SELECT *, preuve::text AS preuve_gardee FROM audit_entries WHERE chaine = $1 AND rang > $2 ORDER BY rang LIMIT $3`,
      [chaine, after, PAGE],
    );
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.rang ?? after;
  }
}

/** Une chaîne parcourue du premier rang au dernier. */
class ChainWalk {
  readonly faults: AuditFault[] = [];
  private rang = 0;
  private empreinte = AUDIT_CHAIN_ORIGIN;

  constructor(
    private readonly chaine: string,
    private readonly anchors: readonly ChainHead[],
  ) {}

  step(row: ChainedRow): void {
    const entry = entryOf(row);
    const isNext = entry.rang === this.rang + 1;
    if (!isNext) this.fault(this.rang + 1, 'audit/missing');
    // Après un manque, le lien est rompu de toute façon : une faute suffit à le dire.
    if (isNext && entry.empreintePrecedente !== this.empreinte) this.fault(entry.rang, 'audit/unlinked');
    const computed = createHash('sha256').update(auditCanonicalText(entry)).digest('hex');
    if (computed !== entry.empreinte) this.fault(entry.rang, 'audit/altered');
    for (const anchor of this.anchors) {
      if (anchor.rang === entry.rang && anchor.empreinte !== entry.empreinte)
        this.fault(entry.rang, 'audit/rebuilt');
    }
    this.rang = entry.rang;
    this.empreinte = entry.empreinte;
  }

  /** La base tient à part le dernier rang de chaque chaîne : c'est lui qui dit si la fin a été coupée. */
  end(rang: number, empreinte: string | null): void {
    if (rang > this.rang) this.fault(this.rang + 1, 'audit/missing');
    if (rang < this.rang || (rang === this.rang && empreinte !== this.empreinte)) {
      this.fault(this.rang, 'audit/unlinked');
    }
    // Une chaîne coupée avec son dernier rang se tient : seule une ancre gardée ailleurs en connaît la suite.
    if (this.anchors.some((anchor) => anchor.rang > this.rang)) this.fault(this.rang + 1, 'audit/cut');
  }

  private fault(rang: number, code: AuditFault['code']): void {
    this.faults.push({ chaine: this.chaine, rang, code });
  }
}
