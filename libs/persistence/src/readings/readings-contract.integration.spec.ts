import type { CourriersParts, MesuresParts, ReadingsParts } from '@teletransmission/testkit';
import {
  aCollectivite,
  aCompte,
  describeCourriersContract,
  describeMesuresContract,
  describeReadingsContract,
} from '@teletransmission/testkit';
import { v7 } from 'uuid';
import type { FreshDatabase } from '../../test/fresh-database';
import { freshDatabase } from '../../test/fresh-database';
import { TestLedger } from '../../test/test-ledger';
import { PgMesures } from '../mesures/pg-mesures';
import { PgPouls } from '../repositories/exploitation/pouls.repository';
import { PgPrefectureRepository } from '../repositories/exploitation/prefecture.repository';
import { PgReleveRepository } from '../repositories/exploitation/releve.repository';
import { PgCourrierReadings } from './pg-courrier-readings';
import { PgTray } from './pg-tray';

const ALIVE_MS = 120_000;
const databases: FreshDatabase[] = [];
afterAll(() => Promise.all(databases.map((database) => database.close())));

const open = async (): Promise<CourriersParts & MesuresParts & ReadingsParts> => {
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
    mesures: new PgMesures(dataSource, ALIVE_MS),
    pouls: new PgPouls(dataSource),
    prefectures: new PgPrefectureRepository(dataSource, { current: () => null }),
    aliveForMs: ALIVE_MS,
    compte,
    autreCompte: compte,
    id: v7,
    outcomesOf: () => Promise.resolve([]),
  };
};

describeCourriersContract('PostgreSQL', open);
describeReadingsContract('PostgreSQL', open);
describeMesuresContract('PostgreSQL', open);
