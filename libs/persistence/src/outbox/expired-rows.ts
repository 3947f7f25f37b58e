import type { DataSource } from 'typeorm';
import { OutboxStore } from './outbox-store';

export interface Retention {
  /** Jours de garde d'un travail porté à sa file. */
  readonly travauxJours: number;
  /** Jours de garde d'une clé d'idempotence. */
  readonly clesJours: number;
}

export interface ExpiredReport {
  readonly travaux: number;
  readonly cles: number;
  readonly sessions: number;
}

/**
 * Oublie ce qui a fait son temps. Une clé oubliée ne rejoue plus sa réponse, mais ne permet pas un double : l'identifiant de l'acte est
 * unique, et le second dépôt est refusé.
 */
export async function forgetExpiredRows(
  dataSource: DataSource,
  retention: Retention,
): Promise<ExpiredReport> {
  const travaux = await new OutboxStore(dataSource).purge(retention.travauxJours);
  const [, cles]: [unknown, number] = await dataSource.query(
    `DELETE FROM requetes WHERE (collectivite_id, cle) IN (SELECT collectivite_id, cle FROM requetes
      WHERE faite_le < now() - make_interval(days => $1) ORDER BY faite_le LIMIT 5000)`,
    [retention.clesJours],
  );
  const [, sessions]: [unknown, number] = await dataSource.query(
    'DELETE FROM sessions WHERE expire_le < now()',
  );
  return { travaux, cles, sessions };
}
