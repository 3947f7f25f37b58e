import {
  aCollectivite,
  aCompte,
  describeLedgerContract,
  InMemoryClassifications,
  InMemoryConstats,
  InMemoryCorrespondances,
  InMemoryCollectivites,
  InMemoryDeliberations,
  InMemoryEnvois,
  InMemoryLedger,
  InMemoryPublications,
  InMemoryRetours,
  InMemoryTransmissions,
  SequentialIds,
} from '@teletransmission/testkit';

describeLedgerContract('en mémoire', () => {
  const ledger = new InMemoryLedger();
  const ids = new SequentialIds();
  const collectivites = new InMemoryCollectivites(aCollectivite());
  return Promise.resolve({
    transmissions: new InMemoryTransmissions(ledger, collectivites),
    constats: new InMemoryConstats(ledger),
    envois: new InMemoryEnvois(ledger),
    deliberations: new InMemoryDeliberations(ledger),
    retours: new InMemoryRetours(ledger),
    classifications: new InMemoryClassifications(ledger, collectivites),
    correspondances: new InMemoryCorrespondances(ledger),
    publications: new InMemoryPublications(ledger),
    collectivite: aCollectivite(),
    compte: aCompte(),
    id: () => ids.next(),
  });
});
