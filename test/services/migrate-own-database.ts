import { admitServiceRole, createDataSource, migrate } from '@teletransmission/persistence';
import type { OwnDatabase } from './own-database';
import { SERVICE_USER } from './own-database';

/** Met la base à niveau, en propriétaire, et y admet le rôle du service : ce que fait « base migrer ». */
export async function migrateOwnDatabase({ ownerUrl }: Pick<OwnDatabase, 'ownerUrl'>): Promise<void> {
  const settings = { url: ownerUrl, poolSize: 2, applicationName: 'essais' };
  const owner = await createDataSource(settings).initialize();
  try {
    await migrate(owner);
    await admitServiceRole(owner, { nom: SERVICE_USER, password: null });
  } finally {
    await owner.destroy();
  }
}
