import type {
  CourriersParts,
  DossiersParts,
  MesuresParts,
  ReadingsParts,
  WaitingParts,
} from '@teletransmission/testkit';
import type { CompteId } from '../../ids';
import {
  aCollectivite,
  aCompte,
  describeDecisionsContract,
  describeDossiersContract,
  describeCourriersContract,
  describeLedgerContract,
  describeMesuresContract,
  describeReadingsContract,
  describeReponsesContract,
  describeRetoursContract,
  describeWaitingContract,
  InMemoryAlertes,
  InMemoryClassifications,
  InMemoryConstats,
  InMemoryCorrespondances,
  InMemoryCollectivites,
  InMemoryComptes,
  InMemoryCourriers,
  InMemoryDecisions,
  InMemoryDeliberations,
  InMemoryDossiers,
  InMemoryEnvois,
  InMemoryLedger,
  InMemoryLiaisons,
  InMemoryMesures,
  InMemoryPouls,
  InMemoryPrefectures,
  InMemoryPublications,
  InMemoryReadings,
  InMemoryReleves,
  InMemoryRetours,
  InMemoryTransmissions,
  InMemoryTray,
  SequentialIds,
} from '@teletransmission/testkit';

const ALIVE_MS = 120_000;

const open = (): Promise<DossiersParts & WaitingParts & CourriersParts & MesuresParts & ReadingsParts> => {
  const ledger = new InMemoryLedger();
  const ids = new SequentialIds();
  const collectivites = new InMemoryCollectivites(aCollectivite());
  const transmissions = new InMemoryTransmissions(ledger, collectivites);
  const correspondances = new InMemoryCorrespondances(ledger);
  const retours = new InMemoryRetours(ledger);
  const comptes = new InMemoryComptes();
  comptes.add(aCompte(), 'empreinte');
  const liaisons = new InMemoryLiaisons(ledger, collectivites);
  const pouls = new InMemoryPouls();
  const prefectures = new InMemoryPrefectures(ledger, collectivites, liaisons);
  const books = { ledger, collectivites, comptes };
  return Promise.resolve({
    mesures: new InMemoryMesures({ ...books, alertes: new InMemoryAlertes(ledger), pouls }, ALIVE_MS),
    pouls,
    aliveForMs: ALIVE_MS,
    readings: new InMemoryReadings(books),
    courriers: new InMemoryCourriers(books),
    transmissions,
    decisions: new InMemoryDecisions(ledger, { transmissions, correspondances, retours }),
    constats: new InMemoryConstats(ledger),
    envois: new InMemoryEnvois(ledger),
    dossiers: new InMemoryDossiers(ledger, collectivites, liaisons, prefectures),
    prefectures,
    deliberations: new InMemoryDeliberations(ledger),
    retours,
    releves: new InMemoryReleves(ledger),
    classifications: new InMemoryClassifications(ledger, collectivites),
    correspondances,
    collectivites,
    tray: new InMemoryTray(ledger),
    publications: new InMemoryPublications(ledger),
    collectivite: aCollectivite(),
    compte: aCompte(),
    autreCompte: aCompte({ id: ids.next() as CompteId }),
    id: () => ids.next(),
    takeNumbers: (siren, jour, dernier) => {
      ledger.takeNumbers(siren, jour, dernier);
      return Promise.resolve();
    },
    outcomesOf: (id) =>
      Promise.resolve(
        ledger.envois
          .filter(({ transmissionId }) => transmissionId === id)
          .map(({ closed }) => closed?.outcome ?? null),
      ),
  });
};

describeCourriersContract('en mémoire', open);
describeReadingsContract('en mémoire', open);
describeMesuresContract('en mémoire', open);
describeLedgerContract('en mémoire', open);
describeDossiersContract('en mémoire', open);
describeRetoursContract('en mémoire', open);
describeDecisionsContract('en mémoire', open);
describeReponsesContract('en mémoire', open);
describeWaitingContract('en mémoire', open);
