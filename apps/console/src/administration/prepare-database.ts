import { admitServiceRole, migrate, RoleFailure, serviceRoleOf } from '@teletransmission/persistence';
import type { ServiceRole } from '@teletransmission/persistence';
import { migrateQueues } from '@teletransmission/queues';
import type { OwnerSession } from '@teletransmission/queues';
import type { DataSource } from 'typeorm';
import { CommandFailure } from '../output/outcome';
import { withConsole } from '../wiring/console.wiring';
import { environment, settingsOf } from '../wiring/instance';

export interface PreparedDatabase {
  /** Les migrations jouées cette fois. */
  readonly migrations: readonly string[];
  /** Le rôle du service ; `null` quand il se connecte en propriétaire. */
  readonly role: string | null;
}

/** Met la base à niveau, en propriétaire, et y admet le rôle du service. */
export function prepareDatabase(): Promise<PreparedDatabase> {
  return withConsole(
    async ({ dataSource }) => {
      const migrations = await migrate(dataSource);
      return { migrations, role: await admitService(dataSource) };
    },
    { role: 'owner', needsSchema: false },
  );
}

/**
 * Donne au rôle du service ce qu'il lui faut de cette base, files comprises quand elle les tient.
 * @returns son nom ; `null` quand aucun propriétaire n'est donné à part : le service est le propriétaire.
 */
export async function admitService(owner: DataSource): Promise<string | null> {
  try {
    const role = serviceRole();
    if (role !== null) await admitServiceRole(owner, role);
    await prepareQueues(owner, role);
    return role?.nom ?? null;
  } catch (error) {
    if (error instanceof RoleFailure) throw new CommandFailure({ code: error.code, detail: error.detail });
    throw error;
  }
}

function serviceRole(): ServiceRole | null {
  const { database, proprietaire } = settingsOf(['database', 'proprietaire']);
  return proprietaire.url === null ? null : serviceRoleOf(database.url);
}

async function prepareQueues(owner: DataSource, role: ServiceRole | null): Promise<void> {
  if (environment().QUEUE_BACKEND !== 'postgres') return;
  const { queues } = settingsOf(['queues']);
  const runner = owner.createQueryRunner();
  try {
    await migrateQueues((await runner.connect()) as OwnerSession, queues.prefix, role?.nom ?? null);
  } finally {
    await runner.release();
  }
}
