import { describeLiaisonsContract, InMemoryService } from '@teletransmission/testkit';

describeLiaisonsContract('en mémoire', async () => {
  const service = new InMemoryService();
  const [collectivite] = await service.collectivites.list();
  if (!collectivite) throw new Error('sans collectivité');
  return {
    liaisons: service.liaisons,
    prefectures: service.prefectures,
    collectivite,
    audited: () => Promise.resolve(service.ledger.audit.map(({ evenement }) => evenement)),
  };
});
