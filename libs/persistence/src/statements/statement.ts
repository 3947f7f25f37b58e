import type { AuditEntry, OutboxMessage } from '@teletransmission/teletransmission';
import type { EntityManager } from 'typeorm';
import { prepared } from '../sql/prepared';

/**
 * Compose un changement en UN ordre SQL : les écritures sont des `WITH` qui dépendent toutes de la première.
 * Un aller-retour, une transaction, et rien ne s'écrit si la première ne touche aucune ligne.
 */
export class Statement {
  private readonly parameters: unknown[] = [];
  private readonly steps: string[] = [];

  /**
   * Lie une valeur ; rend son repère. `cast` fixe son type là où PostgreSQL ne peut le deviner.
   * PostgreSQL ne sait pas garder le caractère nul : on le montre (`�`) plutôt que de perdre l'écriture, et avec elle un retour.
   */
  bind(value: unknown, cast = ''): string {
    this.parameters.push(withoutNul(value));
    return `$${this.parameters.length}${cast && `::${cast}`}`;
  }

  step(name: string, sql: string): void {
    this.steps.push(`${name} AS (${sql})`);
  }

  /**
   * Des lignes d'une table, écrites si `source` en a une. Un seul repère les porte toutes : l'ordre est le même pour une pièce ou vingt.
   */
  rows(
    name: string,
    table: string,
    rows: readonly Readonly<Record<string, unknown>>[],
    source: string | null,
    where = '',
  ): void {
    const columns = Object.keys(rows[0] ?? {});
    const values = this.bind(
      JSON.stringify(rows, (_, value: unknown) => withoutNul(value)),
      'json',
    );
    this.step(
      name,
      `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${columns.map((column) => `n.${column}`).join(', ')}
        FROM ${source === null ? '' : `${source}, `}json_populate_recordset(NULL::${table}, ${values}) AS n ${where} RETURNING *`,
    );
  }

  /** Une entrée d'audit, écrite si `source` a une ligne. */
  audit(name: string, entry: AuditEntry, source: string): void {
    const { acteur } = entry;
    const values = [
      this.bind(entry.collectiviteId, 'uuid'),
      this.bind(entry.deliberationId, 'uuid'),
      this.bind(entry.sujet, 'text'),
      this.bind(entry.sujetId, 'text'),
      this.bind(entry.evenement, 'text'),
      this.bind(entry.etatAvant, 'text'),
      this.bind(entry.etatApres, 'text'),
      this.bind(entry.instant, 'timestamptz'),
      this.bind(acteur.kind, 'text'),
      this.bind(acteur.kind === 'compte' ? acteur.id : null, 'uuid'),
      this.bind(acteur.kind === 'compte' ? acteur.nom : null, 'text'),
      this.bind(entry.motif, 'text'),
      this.bind(JSON.stringify(entry.preuve), 'json'),
    ];
    this.step(
      name,
      `INSERT INTO audit_entries (collectivite_id, deliberation_id, sujet, sujet_id, evenement, etat_avant, etat_apres, instant,
        acteur_genre, acteur_id, acteur_nom, motif, preuve) SELECT ${values.join(', ')} FROM ${source} RETURNING rang`,
    );
  }

  /** Un travail à faire, inscrit si `source` a une ligne. La même cible au même tour ne s'inscrit qu'une fois. */
  outbox(name: string, message: OutboxMessage, traceId: string | null, source: string): void {
    const values = [
      this.bind(message.job, 'text'),
      this.bind(message.targetId, 'uuid'),
      this.bind(message.turn, 'int'),
      this.bind(message.notBefore, 'timestamptz'),
      this.bind(traceId, 'text'),
    ];
    this.step(
      name,
      `INSERT INTO outbox (job, target_id, turn, not_before, trace_id) SELECT ${values.join(', ')} FROM ${source}
        ON CONFLICT (job, target_id, turn) DO NOTHING RETURNING id`,
    );
  }

  /** @returns l'ordre complet et ses valeurs, pour `query(...)`. */
  finish(select: string): [sql: string, parameters: unknown[]] {
    return [prepared(`WITH ${this.steps.join(',\n')}\n${select}`), this.parameters];
  }
}

function withoutNul(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value;
}

/** Inscrit une entrée d'audit seule, dans la transaction de ce qu'elle raconte. */
export async function writeAudit(manager: EntityManager, entry: AuditEntry): Promise<void> {
  const statement = new Statement();
  statement.step('ici', 'SELECT 1');
  statement.audit('journal', entry, 'ici');
  await manager.query(...statement.finish('SELECT rang FROM journal'));
}
