import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import { column } from '../sql/columns';
import { readRowOrNull } from '../sql/read-rows';

/** Ce que le service ne doit pas pouvoir faire, et comment la base dit si ce rôle (`$1`) le peut. */
const EXCESSES: readonly (readonly [faute: string, condition: string])[] = [
  ['administre PostgreSQL', 'rolsuper'],
  [
    'crée des rôles ou des bases, ou réplique',
    'rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls',
  ],
  [
    'possède les tables',
    `pg_has_role(rolname, (SELECT relowner FROM pg_class WHERE oid = 'public.audit_entries'::regclass), 'MEMBER')`,
  ],
  [
    'crée dans la base',
    `has_schema_privilege(rolname, 'public', 'CREATE') OR has_database_privilege(rolname, current_database(), 'CREATE')`,
  ],
  [
    'réécrit le journal d’audit',
    `has_table_privilege(rolname, 'public.audit_entries', 'UPDATE, DELETE, TRUNCATE, TRIGGER')
      OR has_any_column_privilege(rolname, 'public.audit_entries', 'UPDATE')`,
  ],
  [
    'écrit les têtes des chaînes d’audit',
    `has_table_privilege(rolname, 'public.chaines_audit', 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER')
      OR has_any_column_privilege(rolname, 'public.chaines_audit', 'INSERT, UPDATE')`,
  ],
  ['suspend les déclencheurs', `has_parameter_privilege(rolname, 'session_replication_role', 'SET')`],
  [
    'lit ou écrit les fichiers du serveur',
    `EXISTS (SELECT 1 FROM pg_roles p WHERE p.rolname IN ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')
      AND pg_has_role(r.rolname, p.oid, 'MEMBER'))`,
  ],
];

const RIGHTS_ROW = z.record(z.string(), column.boolean);

/** Ce que ce rôle peut de trop pour servir, en mots ; vide pour un rôle qui n'a que ce qu'il lui faut. @param nom absent : le rôle connecté. */
export async function excessRights(
  connection: Pick<DataSource | EntityManager, 'query'>,
  nom: string | null = null,
): Promise<readonly string[]> {
  const columns = EXCESSES.map(([, condition], index) => `(${condition}) AS f${index}`);
  const row = await readRowOrNull(
    connection,
    RIGHTS_ROW,
    `SELECT ${columns.join(', ')} FROM pg_roles r WHERE rolname = coalesce($1, current_user)`,
    [nom],
  );
  return EXCESSES.flatMap(([faute], index) => (row?.[`f${index}`] === false ? [] : [faute]));
}
