import type { DossiersParts, WaitingParts } from '@teletransmission/testkit';
import {
  aCollectivite,
  aCompte,
  describeDecisionsContract,
  describeDossiersContract,
  describeLedgerContract,
  describeReponsesContract,
  describeRetoursContract,
  describeWaitingContract,
} from '@teletransmission/testkit';
import { PgTray } from '../../readings/pg-tray';
import type { CompteId } from '@teletransmission/teletransmission';
import { v7 } from 'uuid';
import { freshDatabase } from '../../../test/fresh-database';
import type { FreshDatabase } from '../../../test/fresh-database';
import { TestLedger } from '../../../test/test-ledger';
import { CompteRow } from '../../rows/compte.row';
import { PgDossiers } from './dossier.repository';
import { PgPrefectureRepository } from '../exploitation/prefecture.repository';
import { PgReleveRepository } from '../exploitation/releve.repository';

const databases: FreshDatabase[] = [];
afterAll(() => Promise.all(databases.map((database) => database.close())));

const open = async (): Promise<DossiersParts & WaitingParts> => {
  const database = await freshDatabase();
  databases.push(database);
  const { id: collectiviteId } = aCollectivite();
  const {
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
    compte,
  } = await TestLedger.open(database.dataSource, { id: collectiviteId });
  const autreCompte = aCompte({ id: v7() as CompteId });
  await database.dataSource
    .getRepository(CompteRow)
    .insert({ ...autreCompte, creeLe: new Date(), revoqueLe: null });
  return {
    transmissions,
    envois,
    dossiers: new PgDossiers(database.dataSource),
    prefectures: new PgPrefectureRepository(database.dataSource, { current: () => null }),
    constats,
    decisions,
    deliberations,
    retours,
    releves: new PgReleveRepository(database.dataSource),
    publications,
    classifications,
    correspondances,
    collectivites,
    tray: new PgTray(database.dataSource),
    collectivite,
    compte: { ...aCompte(), id: compte.id },
    autreCompte,
    id: v7,
    takeNumbers: async (siren, jour, dernier) => {
      await database.dataSource.query(
        'INSERT INTO compteurs_enveloppes (siren, jour, dernier) VALUES ($1, $2, $3)',
        [siren, jour, dernier],
      );
    },
    outcomesOf: async (id) => {
      const rows: { outcome: string | null }[] = await database.dataSource.query(
        'SELECT outcome FROM envois WHERE transmission_id = $1 ORDER BY id',
        [id],
      );
      return rows.map(({ outcome }) => outcome);
    },
  };
};

describeLedgerContract('PostgreSQL', open);
describeDossiersContract('PostgreSQL', open);
describeRetoursContract('PostgreSQL', open);
describeDecisionsContract('PostgreSQL', open);
describeReponsesContract('PostgreSQL', open);
describeWaitingContract('PostgreSQL', open);
