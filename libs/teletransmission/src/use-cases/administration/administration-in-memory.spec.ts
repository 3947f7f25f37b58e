import {
  aCollectivite,
  describeCollectivitesContract,
  describeComptesContract,
  describeHeartbeatContract,
  FakeClock,
  InMemoryCollectivites,
  InMemoryComptes,
  InMemorySessions,
  ManualHeartbeat,
  SequentialIds,
} from '@teletransmission/testkit';

describeCollectivitesContract('en mémoire', () => {
  const collectivites = new InMemoryCollectivites(aCollectivite());
  const ids = new SequentialIds();
  return Promise.resolve({
    collectivites,
    id: () => ids.next(),
    acteursOf: (id) =>
      Promise.resolve(
        collectivites.audit.filter(({ sujetId }) => sujetId === id).map(({ acteur }) => acteur.kind),
      ),
  });
});

describeComptesContract('en mémoire', () => {
  const clock = new FakeClock();
  const ids = new SequentialIds();
  const comptes = new InMemoryComptes(clock);
  return Promise.resolve({
    comptes,
    sessions: new InMemorySessions(comptes),
    id: () => ids.next(),
    now: () => clock.now(),
    eventsOf: (id) =>
      Promise.resolve(
        comptes.audit.filter(({ sujetId }) => sujetId === id).map(({ evenement }) => evenement),
      ),
  });
});

describeHeartbeatContract('donné à la main', () => {
  const heartbeat = new ManualHeartbeat();
  return {
    heartbeat,
    periodMs: 1_000,
    nextBeat: () => {
      void heartbeat.beat();
      return Promise.resolve();
    },
  };
});
