import { aCollectivite, aCompte, describeLedgerContract } from '@teletransmission/testkit';
import { v7 } from 'uuid';
import { freshDatabase } from '../../test/fresh-database';
import type { FreshDatabase } from '../../test/fresh-database';
import { TestLedger } from '../../test/test-ledger';

let database: FreshDatabase;
afterAll(() => database.close());

describeLedgerContract('PostgreSQL', async () => {
  database = await freshDatabase();
  const { id: collectiviteId } = aCollectivite();
  const {
    transmissions,
    envois,
    constats,
    deliberations,
    retours,
    publications,
    classifications,
    correspondances,
    collectivite,
    compte,
  } = await TestLedger.open(database.dataSource, { id: collectiviteId });
  return {
    transmissions,
    envois,
    constats,
    deliberations,
    retours,
    publications,
    classifications,
    correspondances,
    collectivite,
    compte: { ...aCompte(), id: compte.id },
    id: v7,
  };
});
