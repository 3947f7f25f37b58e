import { runMigrations } from 'bullmq';
import { schemaOf } from './backend';

/** Une session PostgreSQL sous le rôle propriétaire, à elle seule. */
export interface OwnerSession {
  query(text: string, parameters?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
}

/**
 * Prépare les files tenues par PostgreSQL : leurs tables, dans un schéma à elles, et ce que le rôle du service y fait. Le service les trouve là.
 * @param serviceRole le nom du rôle ; `null` quand le service est le propriétaire.
 */
export async function migrateQueues(
  session: OwnerSession,
  prefix: string,
  serviceRole: string | null,
): Promise<void> {
  const schema = schemaOf(prefix);
  await runMigrations(session as Parameters<typeof runMigrations>[0], schema);
  if (serviceRole === null) return;
  const role = `"${serviceRole.replaceAll('"', '""')}"`;
  // CREATE : BullMQ donne à chaque file sa séquence, la première fois qu'il y porte un lot. Ce schéma ne tient rien d'autre que les files.
  await session.query(
    `GRANT USAGE, CREATE ON SCHEMA ${schema} TO ${role};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role};
      GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role};`,
  );
}
