import { aCompte, aLettre, anAccuse, InMemoryService } from '@teletransmission/testkit';
import type { Compte } from '../../compte/compte';

const NOM = 'TACT--SPREF0343-213402761-20221102-57.tar.gz';

async function acknowledged(): Promise<InMemoryService> {
  const service = new InMemoryService();
  await service.depositReference();
  await service.runJobs();
  await service.receive('ar', NOM, await anAccuse());
  return service;
}

async function deferred(): Promise<InMemoryService> {
  const service = await acknowledged();
  await service.receive('defere', NOM, await aLettre('5-1', { texte: 'Vote irrégulier' }));
  return service;
}

const lettreOf = (service: InMemoryService): string =>
  [...service.ledger.correspondances.keys()].at(-1) ?? '';
const openOf = (service: InMemoryService): readonly string[] =>
  service.alertes.opened.map(({ genre, sujetId }) => `${genre} ${sujetId}`);

describe('un déféré', () => {
  it('se signale dès qu’il est appliqué, sans attendre le balayage, sous son propre événement', async () => {
    const service = await deferred();
    const id = lettreOf(service);
    expect(openOf(service)).toEqual([`defere ${id}`]);
    expect(service.alertes.opened[0]).toMatchObject({
      deliberationId: service.deliberationId(),
      depuis: service.clock.now(),
      detail: expect.stringContaining('service juridique') as unknown,
    });
    expect(service.ledger.eventsOf(id)).toEqual(['defere-received']);
  });

  it('reçu deux fois, ne se signale qu’une', async () => {
    const service = await deferred();
    await service.receive('encore', NOM, await aLettre('5-1', { texte: 'Vote irrégulier', compteur: 303 }));
    expect(openOf(service)).toHaveLength(1);
  });

  it('que rien ne joint à un acte se signale aussitôt aussi', async () => {
    const service = new InMemoryService();
    await service.receive('defere', NOM, await aLettre('5-1'));
    const [retour] = service.ledger.retours.values();
    expect(openOf(service)).toEqual([`defere-au-bac ${retour?.id ?? ''}`]);
    const other = await acknowledged();
    await other.receive('defere', NOM, await aLettre('5-1', { sansDocument: true }));
    expect(other.alertes.opened).toMatchObject([
      { genre: 'defere-au-bac', collectiviteId: other.transmission().collectiviteId },
    ]);
  });

  it('une autre lettre, ou un autre retour au bac, n’alerte pas ainsi', async () => {
    const service = await acknowledged();
    await service.receive('lettre', NOM, await aLettre('4-1'));
    await service.receive('bac', NOM, await aLettre('4-1', { sansDocument: true, texte: 'autre' }));
    expect(openOf(service)).toEqual([]);
  });

  it('se dit pris en charge par une personne, avec son motif : l’alerte se lève, le journal le garde', async () => {
    const service = await deferred();
    const id = lettreOf(service);
    const compte = aCompte({ role: 'operateur' });
    const take = (text: string, by: Compte = compte): ReturnType<typeof service.take.execute> =>
      service.take.execute(by, id, text);
    expect(await take(' ')).toMatchObject({ problem: { code: 'transmission/reason-missing' } });
    expect(await take('Transmis au cabinet', { ...compte, role: 'auditeur' })).toMatchObject({
      problem: { code: 'compte/forbidden' },
    });
    expect(openOf(service)).toHaveLength(1);
    expect(await take('Transmis au cabinet')).toMatchObject({ ok: true, value: { state: 'taken' } });
    expect(openOf(service)).toEqual([]);
    expect(service.ledger.audit.at(-1)).toMatchObject({
      evenement: 'defere-taken',
      etatAvant: 'noted',
      etatApres: 'taken',
      motif: 'Transmis au cabinet',
      acteur: { kind: 'compte', nom: compte.nom },
      preuve: { flux: '5-1' },
    });
    expect(await take('Encore')).toMatchObject({ problem: { code: 'correspondance/event-refused' } });
  });

  it('seul se prend en charge ainsi : une lettre d’observations se répond', async () => {
    const service = await acknowledged();
    await service.receive('lettre', NOM, await aLettre('4-1'));
    expect(
      await service.take.execute(aCompte({ role: 'operateur' }), lettreOf(service), 'Lue par nous'),
    ).toMatchObject({
      problem: { code: 'correspondance/event-refused' },
    });
  });
});
