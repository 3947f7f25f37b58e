import type { WaitingParts } from '@teletransmission/testkit';
import type { CompteId } from '../../ids';
import {
  aCollectivite,
  aCompte,
  describeDecisionsContract,
  describeDossiersContract,
  describeLedgerContract,
  describeReponsesContract,
  describeRetoursContract,
  describeWaitingContract,
  InMemoryClassifications,
  InMemoryConstats,
  InMemoryCorrespondances,
  InMemoryCollectivites,
  InMemoryDecisions,
  InMemoryDeliberations,
  InMemoryDossiers,
  InMemoryEnvois,
  InMemoryLedger,
  InMemoryPublications,
  InMemoryReleves,
  InMemoryRetours,
  InMemoryTransmissions,
  InMemoryTray,
  SequentialIds,
} from '@teletransmission/testkit';

const open = (): Promise<WaitingParts> => {
  const ledger = new InMemoryLedger();
  const ids = new SequentialIds();
  const collectivites = new InMemoryCollectivites(aCollectivite());
  const transmissions = new InMemoryTransmissions(ledger, collectivites);
  const correspondances = new InMemoryCorrespondances(ledger);
  const retours = new InMemoryRetours(ledger);
  return Promise.resolve({
    transmissions,
    decisions: new InMemoryDecisions(ledger, { transmissions, correspondances, retours }),
    constats: new InMemoryConstats(ledger),
    envois: new InMemoryEnvois(ledger),
    dossiers: new InMemoryDossiers(ledger, collectivites),
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
    takeNumbers: (siren, jour, dernier) => Promise.resolve(ledger.takeNumbers(siren, jour, dernier)),
    outcomesOf: (id) =>
      Promise.resolve(
        ledger.envois
          .filter(({ transmissionId }) => transmissionId === id)
          .map(({ closed }) => closed?.outcome ?? null),
      ),
  });
};

describeLedgerContract('en mémoire', open);
describeDossiersContract('en mémoire', open);
describeRetoursContract('en mémoire', open);
describeDecisionsContract('en mémoire', open);
describeReponsesContract('en mémoire', open);
describeWaitingContract('en mémoire', open);
