import type { LedgerParts } from '@teletransmission/testkit';
import {
  aCollectivite,
  aCompte,
  describeLedgerContract,
  describeRetoursContract,
  InMemoryClassifications,
  InMemoryConstats,
  InMemoryCorrespondances,
  InMemoryCollectivites,
  InMemoryDeliberations,
  InMemoryEnvois,
  InMemoryLedger,
  InMemoryPublications,
  InMemoryReleves,
  InMemoryRetours,
  InMemoryTransmissions,
  InMemoryTray,
  SequentialIds,
} from '@teletransmission/testkit';

const open = (): Promise<LedgerParts> => {
  const ledger = new InMemoryLedger();
  const ids = new SequentialIds();
  const collectivites = new InMemoryCollectivites(aCollectivite());
  return Promise.resolve({
    transmissions: new InMemoryTransmissions(ledger, collectivites),
    constats: new InMemoryConstats(ledger),
    envois: new InMemoryEnvois(ledger),
    deliberations: new InMemoryDeliberations(ledger),
    retours: new InMemoryRetours(ledger),
    releves: new InMemoryReleves(ledger),
    classifications: new InMemoryClassifications(ledger, collectivites),
    correspondances: new InMemoryCorrespondances(ledger),
    collectivites,
    tray: new InMemoryTray(ledger),
    publications: new InMemoryPublications(ledger),
    collectivite: aCollectivite(),
    compte: aCompte(),
    id: () => ids.next(),
  });
};

describeLedgerContract('en mémoire', open);
describeRetoursContract('en mémoire', open);
