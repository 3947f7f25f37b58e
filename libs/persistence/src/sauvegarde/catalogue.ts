import type { DataSource, QueryRunner } from 'typeorm';

/** Une table de la base, et les colonnes qui se copient : celles que la base calcule elle-même n'en sont pas. */
export interface CopiedTable {
  readonly nom: string;
  readonly colonnes: readonly string[];
}

export interface SequenceState {
  readonly nom: string;
  readonly valeur: string;
}

/** La table des migrations se refait en rejouant les migrations. */
const MIGRATIONS_TABLE = 'migrations';

/** Toutes les tables, nouvelles comprises : une sauvegarde ne tient pas de liste qu'on pourrait oublier d'allonger. */
export async function tablesOf(runner: QueryRunner): Promise<readonly CopiedTable[]> {
  return (await runner.query(
    `SELECT c.relname AS nom, array_agg(a.attname::text ORDER BY a.attnum) AS colonnes
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> $1
      GROUP BY c.relname ORDER BY c.relname`,
    [MIGRATIONS_TABLE],
  )) as CopiedTable[];
}

/** Où en est chaque séquence déjà employée. Une séquence n'attend pas les transactions : elle est au moins à ce que l'image porte. */
export async function sequencesOf(runner: QueryRunner): Promise<readonly SequenceState[]> {
  return (await runner.query(
    `SELECT sequencename::text AS nom, last_value::text AS valeur FROM pg_sequences
      WHERE schemaname = 'public' AND last_value IS NOT NULL AND sequencename NOT LIKE $1 || '%' ORDER BY 1`,
    [MIGRATIONS_TABLE],
  )) as SequenceState[];
}

export async function appliedMigrations(
  runner: Pick<QueryRunner | DataSource, 'query'>,
): Promise<readonly string[]> {
  const [{ existe }] = (await runner.query(
    `SELECT to_regclass('public.${MIGRATIONS_TABLE}') IS NOT NULL AS existe`,
  )) as [{ existe: boolean }];
  if (!existe) return [];
  const rows = (await runner.query(`SELECT name FROM ${MIGRATIONS_TABLE} ORDER BY timestamp`)) as {
    name: string;
  }[];
  return rows.map((row) => row.name);
}

/** Un nom cité comme PostgreSQL le veut. */
export function quoted(nom: string): string {
  return `"${nom.replaceAll('"', '""')}"`;
}
