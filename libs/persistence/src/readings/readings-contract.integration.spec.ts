import type { CourriersParts, ReadingsParts } from '@teletransmission/testkit';
import {
  aCollectivite,
  aCompte,
  describeCourriersContract,
  describeReadingsContract,
} from '@teletransmission/testkit';
import { v7 } from 'uuid';
import type { FreshDatabase } from '../../test/fresh-database';
import { freshDatabase } from '../../test/fresh-database';
import { TestLedger } from '../../test/test-ledger';
import { PgReleveRepository } from '../repositories/exploitation/releve.repository';
import { PgCourrierReadings } from './pg-courrier-readings';
import { PgTray } from './pg-tray';

const databases: FreshDatabase[] = [];
afterAll(() => Promise.all(databases.map((database) => database.close())));

const open = async (): Promise<CourriersParts & ReadingsParts> => {
  const database = await freshDatabase();
  databases.push(database);
  const { dataSource } = database;
  const ledger = await TestLedger.open(dataSource, { id: aCollectivite().id });
  const compte = { ...aCompte(), id: ledger.compte.id };
  const { transmissions, envois, constats, decisions, deliberations, retours, publications } = ledger;
  const { classifications, correspondances, collectivites, collectivite, readings } = ledger;
  return {
    transmissions,
    envois,
    constats,
    decisions,
    deliberations,
    retours,
    publications,
    classifications,
    correspondances,
    collectivites,
    collectivite,
    readings,
    releves: new PgReleveRepository(dataSource),
    tray: new PgTray(dataSource),
    courriers: new PgCourrierReadings(dataSource),
    compte,
    autreCompte: compte,
    id: v7,
    outcomesOf: () => Promise.resolve([]),
  };
};

describeCourriersContract('PostgreSQL', open);
describeReadingsContract('PostgreSQL', open);
