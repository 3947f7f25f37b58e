import { aCompte, InMemoryService } from '@teletransmission/testkit';

const NEW_YEAR = '2022-12-31T23:00:00.000Z';

describe('un acte qui ne doit pas partir avant une date', () => {
  it('attend son heure, puis part sous l’enveloppe de ce jour-là', async () => {
    const service = new InMemoryService();
    const waiting = async (): Promise<readonly unknown[]> => {
      const now = service.clock.now();
      return (await service.transmissions.findWaiting(now, now, null, 10)).items;
    };
    await service.depositReference({ pasAvant: '2023-01-01' });
    expect(service.transmission()).toMatchObject({ state: 'queued', nextTurnAt: NEW_YEAR });
    expect(service.ledger.outbox).toMatchObject([{ job: 'seal-enveloppe', notBefore: NEW_YEAR }]);
    expect(service.ledger.audit[0]?.preuve).toMatchObject({ pasAvant: NEW_YEAR });
    expect(await service.seal.execute(service.transmission().id)).toEqual({ kind: 'later', at: NEW_YEAR });
    expect(service.ledger.enveloppes.size).toBe(0);

    service.clock.set('2022-12-31T22:59:59.999Z');
    expect((await service.seal.execute(service.transmission().id)).kind).toBe('later');
    expect(await waiting()).toEqual([]);

    service.clock.set(NEW_YEAR);
    expect(await waiting()).toHaveLength(1);
    expect((await service.seal.execute(service.transmission().id)).kind).toBe('done');
    const [enveloppe] = [...service.ledger.enveloppes.values()];
    expect(enveloppe).toMatchObject({
      jour: '2023-01-01',
      archive: { nom: 'TLT-TACT--213402761--20230101-1.tar.gz' },
    });
  });

  it('retenu puis remis en file avant l’heure, l’attend encore', async () => {
    const service = new InMemoryService();
    await service.depositReference({ pasAvant: '2023-01-01' });
    const { id: transmissionId } = service.transmission();
    for (const steering of ['put-on-hold', 'resubmitted'] as const)
      await service.steer.execute({ compte: aCompte(), transmissionId, steering, motif: 'À revoir' });
    expect(service.transmission().state).toBe('queued');
    expect(await service.seal.execute(transmissionId)).toEqual({ kind: 'later', at: NEW_YEAR });
  });

  it('se refuse avec les autres fautes quand la date ne va pas', async () => {
    const service = new InMemoryService();
    const answer = await service.depositReference({ pasAvant: '2021-01-01', objet: 'une\nligne' });
    expect(answer.ok ? [] : answer.problem.violations).toMatchObject([
      { pointer: '/objet' },
      { pointer: '/pasAvant', code: 'pas-avant/past' },
    ]);
  });
});
