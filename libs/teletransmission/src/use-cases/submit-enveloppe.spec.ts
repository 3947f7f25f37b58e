import { InMemoryService, TIMINGS } from '@teletransmission/testkit';

async function sealed(): Promise<InMemoryService> {
  const service = new InMemoryService();
  await service.depositReference();
  await service.seal.execute(service.transmission().id);
  return service;
}

const submit = async (service: InMemoryService): Promise<unknown> =>
  service.submit.execute(service.transmission().id);
const DEFERRED = { kind: 'deferred', code: 'prefecture/unreachable', detail: 'Injoignable.' } as const;
const LOST = { kind: 'lost', code: 'prefecture/answer-lost', detail: 'Réponse perdue.' } as const;

describe('remettre une enveloppe à la préfecture', () => {
  it('acceptée : l’accusé est attendu, avec son échéance', async () => {
    const service = await sealed();
    await submit(service);
    expect(service.transmission()).toMatchObject({
      state: 'awaiting-ack',
      turn: 1,
      teletransmiseLe: '2022-11-02T09:00:00.000Z',
      ackDueAt: '2022-11-03T09:00:00.000Z',
    });
    expect(service.ledger.envois).toMatchObject([{ turn: 1, closed: { outcome: 'accepted' } }]);
  });

  it('écrit son intention avant que rien ne parte', async () => {
    const service = await sealed();
    service.prefecture.duringSubmit = () => {
      expect(service.transmission().state).toBe('sending');
      expect(service.ledger.envois).toMatchObject([{ closed: null }]);
      return Promise.resolve();
    };
    await submit(service);
    expect.assertions(2);
  });

  it('remise à plus tard : revient sous enveloppe avec une date, et repart à cette date', async () => {
    const service = await sealed();
    service.prefecture.answer(DEFERRED);
    await submit(service);
    const { nextTurnAt } = service.transmission();
    expect(service.transmission()).toMatchObject({
      state: 'sealed',
      turn: 1,
      stopReason: { code: 'prefecture/unreachable' },
    });
    expect(await submit(service)).toEqual({ kind: 'later', at: nextTurnAt });
    expect(service.ledger.outbox.at(-1)).toMatchObject({ job: 'submit-enveloppe', notBefore: nextTurnAt });
    service.clock.set(nextTurnAt ?? '');
    await submit(service);
    expect(service.transmission()).toMatchObject({ state: 'awaiting-ack', turn: 2, stopReason: null });
    expect(service.prefecture.taken).toHaveLength(1);
  });

  it('remise à plus tard une fois de trop : retenue, une personne décide', async () => {
    const service = await sealed();
    for (let turn = 0; turn < TIMINGS.retry.maxTurns; turn += 1) {
      service.prefecture.answer(DEFERRED);
      service.clock.set(service.transmission().nextTurnAt ?? service.clock.now());
      await submit(service);
    }
    expect(service.transmission()).toMatchObject({
      state: 'held',
      stopReason: { code: 'transmission/turns-exhausted' },
    });
  });

  it('refusée : retenue, avec la raison', async () => {
    const service = await sealed();
    service.prefecture.answer({ kind: 'refused', code: 'prefecture/http-413', detail: 'Trop lourde.' });
    await submit(service);
    expect(service.transmission()).toMatchObject({
      state: 'held',
      stopReason: { code: 'prefecture/http-413', detail: 'Trop lourde.' },
    });
  });

  it('réponse perdue : incertaine, l’envoi reste ouvert, et rien ne repart', async () => {
    const service = await sealed();
    service.prefecture.answer(LOST);
    await submit(service);
    expect(service.transmission().state).toBe('uncertain');
    expect(service.ledger.envois).toMatchObject([{ closed: null }]);
    expect(await submit(service)).toEqual({ kind: 'done' });
    expect(service.prefecture.taken).toHaveLength(1);
    expect(service.ledger.outbox.at(-1)).toMatchObject({
      job: 'reconcile-envoi',
      notBefore: '2022-11-02T09:02:00.000Z',
    });
  });

  it('deux travailleurs ensemble : une seule remise', async () => {
    const service = await sealed();
    await Promise.all([submit(service), submit(service)]);
    expect(service.prefecture.taken).toHaveLength(1);
  });

  it('bail échu pendant l’envoi, réponse enfin venue : elle tranche l’incertitude', async () => {
    const service = await sealed();
    service.prefecture.duringSubmit = async () => {
      service.clock.advance(TIMINGS.leaseMs);
      expect((await service.sweep.execute()).lost).toBe(1);
      expect(service.transmission().state).toBe('uncertain');
    };
    await submit(service);
    expect(service.transmission()).toMatchObject({ state: 'awaiting-ack' });
    expect(service.ledger.eventsOf(service.transmission().id)).toContain('found-at-prefecture');
  });

  it('bail échu et « rien pris » : l’absence est prouvée, l’acte pourra repartir', async () => {
    const service = await sealed();
    service.prefecture.answer(DEFERRED);
    service.prefecture.duringSubmit = async () => {
      service.clock.advance(TIMINGS.leaseMs);
      await service.sweep.execute();
    };
    await submit(service);
    expect(service.transmission().state).toBe('sealed');
    expect(service.ledger.eventsOf(service.transmission().id)).toContain('proven-absent');
  });
});

describe('sortir un envoi de l’incertitude', () => {
  async function uncertain(): Promise<InMemoryService> {
    const service = await sealed();
    service.prefecture.answer(LOST);
    await submit(service);
    service.clock.advance(TIMINGS.settleMs);
    return service;
  }
  const reconcile = async (service: InMemoryService): Promise<unknown> =>
    service.reconcile.execute(service.transmission().id);

  it('attend qu’une archive en route ait pu arriver', async () => {
    const service = await uncertain();
    service.clock.advance(-1);
    expect(await reconcile(service)).toEqual({ kind: 'later', at: '2022-11-02T09:02:00.000Z' });
    expect(service.transmission().state).toBe('uncertain');
  });

  it('retrouvée : l’accusé est attendu, télétransmise au jour de l’envoi', async () => {
    const service = await uncertain();
    await reconcile(service);
    expect(service.transmission()).toMatchObject({
      state: 'awaiting-ack',
      teletransmiseLe: '2022-11-02T09:00:00.000Z',
      stopReason: null,
    });
    expect(service.ledger.envois).toMatchObject([{ closed: { outcome: 'found' } }]);
  });

  it('absente : la même archive repart, sous le même nom', async () => {
    const service = await uncertain();
    service.prefecture.lookUpAnswer = 'absent';
    await reconcile(service);
    expect(service.transmission().state).toBe('sealed');
    await submit(service);
    const [first, second] = service.prefecture.taken;
    expect(second?.nom).toBe(first?.nom);
    expect(second?.bytes.equals(first?.bytes ?? Buffer.alloc(0))).toBe(true);
  });

  it('sans réponse utile : on redemandera, rien ne bouge', async () => {
    const service = await uncertain();
    service.prefecture.lookUpAnswer = 'unknown';
    expect(await reconcile(service)).toMatchObject({ kind: 'later' });
    expect(service.transmission().state).toBe('uncertain');
  });

  it('faite deux fois, ne change rien de plus', async () => {
    const service = await uncertain();
    await reconcile(service);
    const before = service.transmission();
    expect(await reconcile(service)).toEqual({ kind: 'done' });
    expect(service.transmission()).toEqual(before);
  });
});
