import type { ChainedAuditEntry } from '@teletransmission/teletransmission';
import type { DataSource, EntityManager } from 'typeorm';
import { fromTimestamp } from '../instants';
import type { AuditFault, ChainHead } from './chain-walk';
import { ChainWalk } from './chain-walk';

export interface AuditReport {
  readonly chaines: number;
  readonly entries: number;
  /** Les lignes qu'aucune ancre donnée ne connaît : si elles étaient coupées, rien ici ne le dirait. */
  readonly unanchored: number;
  readonly faults: readonly AuditFault[];
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
      walk.step(entryOf(row));
      entries += 1;
      if (entries % PAGE !== 0) continue;
      scope.signal?.throwIfAborted();
      scope.onProgress?.(head.chaine, entries);
    }
    // La base tient à part le dernier rang de chaque chaîne : c'est lui qui dit si la fin a été coupée.
    walk.end({ rang: Number(head.rang ?? 0), empreinte: head.empreinte });
    walks.push(walk);
  }
  const gone = anchors.filter((anchor) => !heads.some((head) => head.chaine === anchor.chaine));
  return {
    chaines: walks.length,
    entries,
    unanchored: walks.reduce((sum, walk) => sum + walk.beyondAnchors, 0),
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
