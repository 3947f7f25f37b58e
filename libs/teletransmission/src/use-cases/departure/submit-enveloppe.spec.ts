import { epochMsOf } from '@teletransmission/kernel';
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

  it('bail échu pendant l’envoi, réponse enfin venue : gardée comme pièce, seule la recherche tranche', async () => {
    const service = await sealed();
    service.prefecture.duringSubmit = () => loseLease(service);
    await submit(service);
    expect(service.transmission().state).toBe('uncertain');
    expect(service.ledger.envois).toMatchObject([{ lateAnswer: { kind: 'accepted' }, closed: null }]);
    expect(service.ledger.outbox.at(-1)).toMatchObject({ job: 'reconcile-envoi', notBefore: null });
    await service.runJobs();
    expect(service.transmission().state).toBe('awaiting-ack');
    expect(service.prefecture.taken).toHaveLength(1);
  });

  it('bail échu et « rien pris » dit trop tard : ne prouve aucune absence', async () => {
    const service = await sealed();
    service.prefecture.answer(DEFERRED);
    service.prefecture.duringSubmit = () => loseLease(service);
    await submit(service);
    expect(service.transmission().state).toBe('uncertain');
    expect(service.ledger.eventsOf(service.transmission().id)).not.toContain('proven-absent');
  });
});

/** Le bail échoit sans battement, et le balayage passe. */
async function loseLease(service: InMemoryService): Promise<void> {
  service.prefecture.duringSubmit = () => Promise.resolve();
  service.clock.advance(TIMINGS.leaseMs);
  expect((await service.sweep.execute()).lost).toBe(1);
}

describe('le bail d’un envoi', () => {
  const beatAfter = async (service: InMemoryService, ms: number): Promise<void> => {
    service.clock.advance(ms);
    await service.heartbeat.beat();
  };
  const third = TIMINGS.leaseMs / 3;

  it('se renouvelle tant que l’envoi dure : un envoi plus long que son bail n’est pas tenu pour mort', async () => {
    const service = await sealed();
    service.prefecture.duringSubmit = async () => {
      for (let beat = 0; beat < 10; beat += 1) await beatAfter(service, third);
      expect((await service.sweep.execute()).lost).toBe(0);
    };
    await submit(service);
    expect(service.transmission().state).toBe('awaiting-ack');
    expect(service.prefecture.signal?.aborted).toBe(false);
  });

  it('échu avant le départ, n’envoie rien : le travailleur figé se réveille et laisse la recherche trancher', async () => {
    const service = await sealed();
    const record = service.transmissions.record.bind(service.transmissions);
    service.transmissions.record = async (change) => {
      const recorded = await record(change);
      if (change.to === 'sending') service.clock.advance(TIMINGS.leaseMs);
      return recorded;
    };
    expect(await submit(service)).toEqual({ kind: 'done' });
    expect(service.prefecture.taken).toHaveLength(0);
    expect(service.transmission().state).toBe('sending');
  });

  it('refusé, abandonne l’envoi et n’écrit rien', async () => {
    const service = await sealed();
    service.prefecture.duringSubmit = async () => {
      await loseLease(service);
      await service.heartbeat.beat();
    };
    const before = service.ledger.audit.length;
    expect(await submit(service)).toEqual({ kind: 'done' });
    expect(service.prefecture.signal?.aborted).toBe(true);
    expect(service.transmission().state).toBe('uncertain');
    expect(service.ledger.envois).toMatchObject([{ lateAnswer: null }]);
    expect(service.ledger.audit.slice(before).map(({ evenement }) => evenement)).toEqual([
      'envoi-opened',
      'envoi-lost',
    ]);
  });

  it('survit à une base muette le temps d’un battement, pas plus', async () => {
    const service = await sealed();
    const renew = jest.spyOn(service.envois, 'renewLease');
    const aborted: (boolean | undefined)[] = [];
    service.prefecture.duringSubmit = async () => {
      renew.mockRejectedValueOnce(new Error('base coupée')).mockRejectedValueOnce(new Error('base coupée'));
      for (let beat = 0; beat < 2; beat += 1) {
        await beatAfter(service, third);
        aborted.push(service.prefecture.signal?.aborted);
      }
    };
    expect(await submit(service)).toEqual({ kind: 'done' });
    expect(aborted).toEqual([false, true]);
    expect(service.transmission().state).toBe('sending');
  });

  it('échoit aussi quand le battement d’avant ne revient pas', async () => {
    const service = await sealed();
    const hanging: (() => void)[] = [];
    jest.spyOn(service.envois, 'renewLease').mockImplementation(
      () =>
        new Promise((resolve) =>
          hanging.push(() => {
            resolve(true);
          }),
        ),
    );
    service.prefecture.duringSubmit = async () => {
      service.clock.advance(third);
      const first = service.heartbeat.beat();
      await beatAfter(service, third);
      expect(service.prefecture.signal?.aborted).toBe(true);
      for (const settle of hanging) settle();
      await first;
    };
    await submit(service);
    expect(service.transmission().state).toBe('sending');
  });

  it('un travailleur figé, un autre qui reprend : un seul effet, et le figé n’écrit rien à son réveil', async () => {
    const service = await sealed();
    service.prefecture.lookUpAnswer = 'absent';
    service.prefecture.duringSubmit = async () => {
      await loseLease(service);
      service.clock.advance(TIMINGS.settleMs);
      await service.reconcile.execute(service.transmission().id);
      expect(service.transmission().state).toBe('sealed');
      service.clock.set(service.transmission().nextTurnAt ?? '');
      await service.submit.execute(service.transmission().id);
      expect(service.transmission()).toMatchObject({ state: 'awaiting-ack', turn: 2 });
    };
    await submit(service);
    expect(service.transmission()).toMatchObject({ state: 'awaiting-ack', turn: 2 });
    const events = service.ledger.eventsOf(service.transmission().id);
    expect(events.filter((event) => event === 'envoi-accepted')).toHaveLength(1);
    expect(new Set(service.prefecture.taken.map(({ nom }) => nom)).size).toBe(1);
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

  it('absente trop tôt : attend qu’une archive en route ait pu arriver', async () => {
    const service = await uncertain();
    service.prefecture.lookUpAnswer = 'absent';
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
    service.clock.set(service.transmission().nextTurnAt ?? '');
    await submit(service);
    const [first, second] = service.prefecture.taken;
    expect(second?.nom).toBe(first?.nom);
    expect(second?.bytes.equals(first?.bytes ?? Buffer.alloc(0))).toBe(true);
  });

  it('absente à chaque fois : repart de plus en plus tard, puis une personne décide', async () => {
    const service = await sealed();
    service.prefecture.lookUpAnswer = 'absent';
    const waits: number[] = [];
    for (let turn = 0; turn < TIMINGS.retry.maxTurns; turn += 1) {
      service.prefecture.answer(LOST);
      service.clock.set(service.transmission().nextTurnAt ?? service.clock.now());
      await submit(service);
      service.clock.advance(TIMINGS.settleMs);
      await reconcile(service);
      const { nextTurnAt } = service.transmission();
      if (nextTurnAt) waits.push(epochMsOf(nextTurnAt) - epochMsOf(service.clock.now()));
    }
    expect(service.transmission()).toMatchObject({
      state: 'held',
      stopReason: { code: 'transmission/turns-exhausted' },
    });
    expect(waits).toHaveLength(TIMINGS.retry.maxTurns - 1);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(TIMINGS.retry.firstDelayMs * 0.75);
    expect(waits.at(-1)).toBeGreaterThanOrEqual(TIMINGS.retry.maxDelayMs * 0.75);
    expect(service.ledger.envois.every(({ closed }) => closed?.outcome === 'absent')).toBe(true);
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
