import {
  aCollectivite,
  aCompte,
  describeLedgerContract,
  InMemoryDeliberations,
  InMemoryLedger,
  InMemoryPublications,
  InMemoryRetours,
  InMemoryTransmissions,
  SequentialIds,
} from '@teletransmission/testkit';

describeLedgerContract('en mémoire', () => {
  const ledger = new InMemoryLedger();
  const ids = new SequentialIds();
  return Promise.resolve({
    transmissions: new InMemoryTransmissions(ledger),
    deliberations: new InMemoryDeliberations(ledger),
    retours: new InMemoryRetours(ledger),
    publications: new InMemoryPublications(ledger),
    collectivite: aCollectivite(),
    compte: aCompte(),
    id: () => ids.next(),
  });
});
