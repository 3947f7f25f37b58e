import type { Instant } from '@teletransmission/kernel';
import { aCompte, aGuichet, CIRCUIT_POLICY, InMemoryService } from '@teletransmission/testkit';
import type { JobOutcome } from '../../travaux/job-outcome';
import type { Prefecture } from '../../prefecture/prefecture';
import { newPrefecture } from '../../prefecture/prefecture';
import type { SubmitAnswer } from '../../outcome/submit-answer';
import { guichetKey } from '../../liaison/guichet';

const HERAULT = aGuichet('034');
const CHEF = aCompte({ role: 'administrateur' });
const DEFERRED: SubmitAnswer = { kind: 'deferred', code: 'prefecture/unreachable', detail: 'Injoignable.' };

/** Un service où `count` actes sont sous enveloppe. */
async function sealed(count = 1): Promise<InMemoryService> {
  const service = new InMemoryService();
  for (let index = 0; index < count; index += 1)
    await service.depositReference({ numeroInterne: `2022-10-${String(index + 1).padStart(3, '0')}` });
  for (const { id } of [...service.ledger.transmissions.values()]) await service.seal.execute(id);
  return service;
}
const submit = (service: InMemoryService, index = 0): Promise<JobOutcome> =>
  service.submit.execute(service.transmission(index).id);
const settle = (service: InMemoryService, changes: Partial<Prefecture>): void => {
  service.ledger.prefectures.set(guichetKey(HERAULT), { ...newPrefecture(HERAULT), version: 1, ...changes });
};
const postponed = (service: InMemoryService, index = 0): number =>
  service.ledger.eventsOf(service.transmission(index).id).filter((event) => event === 'departure-postponed')
    .length;

/** Fait échouer autant d'actes qu'il faut pour couper la liaison. */
async function cut(service: InMemoryService): Promise<Instant> {
  for (let index = 0; index < CIRCUIT_POLICY.failures; index += 1) {
    service.prefecture.answer(DEFERRED);
    await submit(service, index);
    const { id } = service.transmission(index);
    await service.circuit.report(HERAULT, {
      kind: 'failed',
      archive: id,
      code: DEFERRED.code,
      detail: 'Injoignable.',
    });
  }
  return service.prefectures.circuitOf(HERAULT).probeAt ?? service.clock.now();
}

describe('le départ d’un acte', () => {
  it('vers une préfecture jamais réglée, ne demande rien', async () => {
    const service = await sealed();
    await submit(service);
    expect(service.transmission()).toMatchObject({ state: 'awaiting-ack', turn: 1 });
  });

  it('hors des heures, attend l’ouverture sans consommer de tour, et le dit une fois', async () => {
    const service = await sealed();
    settle(service, { fenetres: [{ jours: ['jeudi'], de: '08:00', a: '12:00' }] });
    await submit(service);
    expect(service.transmission()).toMatchObject({
      state: 'sealed',
      turn: 0,
      nextTurnAt: '2022-11-03T07:00:00.000Z',
      stopReason: {
        code: 'prefecture/closed',
        detail: 'La préfecture 034 est hors de ses heures : départ le 03/11/2022 à 08:00, heure locale.',
      },
    });
    expect(service.ledger.outbox.at(-1)).toMatchObject({
      job: 'submit-enveloppe',
      turn: service.transmission().version,
      notBefore: '2022-11-03T07:00:00.000Z',
    });
    settle(service, { fenetres: [{ jours: ['vendredi'], de: '08:00', a: '12:00' }] });
    service.clock.set('2022-11-03T07:00:00.000Z');
    await submit(service);
    expect(service.transmission().nextTurnAt).toBe('2022-11-04T07:00:00.000Z');
    expect(postponed(service)).toBe(1);
    service.clock.set('2022-11-04T07:00:00.000Z');
    await submit(service);
    expect(service.transmission()).toMatchObject({ state: 'awaiting-ack', turn: 1, stopReason: null });
  });

  it('suspendu par un opérateur, attend ; la reprise le réveille aussitôt', async () => {
    const service = await sealed();
    const decision = {
      compte: CHEF,
      departement: HERAULT.departement,
      motif: 'Bascule du serveur de la préfecture',
    };
    expect((await service.regulate.pause(decision)).ok).toBe(true);
    await submit(service);
    expect(service.transmission()).toMatchObject({
      state: 'sealed',
      stopReason: { code: 'prefecture/paused' },
    });
    const { version } = service.transmission();
    expect((await service.regulate.resume({ ...decision, motif: 'Bascule finie' })).ok).toBe(true);
    expect(service.ledger.outbox.at(-1)).toMatchObject({ turn: version + 1, notBefore: null });
    await submit(service);
    expect(service.transmission().state).toBe('awaiting-ack');
    expect(service.ledger.audit.filter(({ sujet }) => sujet === 'prefecture')).toMatchObject([
      {
        evenement: 'prefecture-paused',
        motif: 'Bascule du serveur de la préfecture',
        acteur: { nom: CHEF.nom },
      },
      { evenement: 'prefecture-resumed', motif: 'Bascule finie' },
    ]);
  });

  it('sur un budget pris, attend sa part', async () => {
    const service = await sealed(3);
    settle(service, { actesParHeure: 2 });
    await submit(service, 0);
    await submit(service, 1);
    await submit(service, 2);
    expect(service.transmission(2)).toMatchObject({
      state: 'sealed',
      turn: 0,
      nextTurnAt: '2022-11-02T10:00:00.000Z',
      stopReason: { code: 'prefecture/budget-spent' },
    });
    service.clock.set('2022-11-02T10:00:00.000Z');
    await submit(service, 2);
    expect(service.transmission(2).state).toBe('awaiting-ack');
  });

  it('plus lourd que le budget de l’heure, se dit à la mise sous enveloppe', async () => {
    const service = new InMemoryService();
    settle(service, { octetsParHeure: 100 });
    await service.depositReference();
    await service.seal.execute(service.transmission().id);
    expect(service.transmission()).toMatchObject({
      state: 'held',
      stopReason: { code: 'prefecture/archive-over-budget' },
    });
  });

  it('devenu plus lourd que le budget, est retenu plutôt que d’attendre toujours', async () => {
    const service = await sealed();
    settle(service, { octetsParHeure: 100 });
    expect(await submit(service)).toEqual({ kind: 'done', state: 'held' });
    expect(service.transmission().stopReason?.code).toBe('prefecture/archive-over-budget');
  });
});

describe('une préfecture qui se fige', () => {
  it('tient ses places et pas une de plus : l’acte suivant reviendra, sans qu’un tour lui soit compté ni rien d’écrit', async () => {
    const service = await sealed(3);
    const stuck: (() => void)[] = [];
    let everyPlaceIsHeld = (): void => undefined;
    const isFull = new Promise<void>((resolve) => (everyPlaceIsHeld = resolve));
    service.prefecture.duringSubmit = () =>
      new Promise((resolve) => {
        stuck.push(resolve);
        if (stuck.length === service.places.perPrefecture) everyPlaceIsHeld();
      });
    const hanging = [submit(service, 0), submit(service, 1)];
    await isFull;
    const before = service.transmission(2);
    expect(await submit(service, 2)).toEqual({ kind: 'later', at: '2022-11-02T09:00:02.000Z' });
    expect(service.transmission(2)).toEqual(before);
    expect(await service.places.take(aGuichet('030'))).not.toBeNull();
    for (const answer of stuck) answer();
    await Promise.all(hanging);
    service.prefecture.duringSubmit = () => Promise.resolve();
    await submit(service, 2);
    expect(service.transmission(2).state).toBe('awaiting-ack');
  });

  it('rend la place de qui n’est finalement pas parti', async () => {
    const service = await sealed(4);
    settle(service, { actesParHeure: 1 });
    await submit(service, 0);
    for (const index of [1, 2, 3]) {
      await submit(service, index);
      expect(service.transmission(index).stopReason?.code).toBe('prefecture/budget-spent');
    }
    service.budget.take = () => Promise.reject(new Error('base'));
    service.clock.set('2022-11-02T18:00:00.000Z');
    for (const index of [1, 2, 3]) await expect(submit(service, index)).rejects.toThrow('base');
    expect(await service.places.take(HERAULT)).not.toBeNull();
    expect(await service.places.take(HERAULT)).not.toBeNull();
  });
});

describe('une préfecture coupée', () => {
  it('fait attendre les actes sans leur compter de tour, et dit le prochain essai', async () => {
    const service = await sealed(4);
    await cut(service);
    await submit(service, 3);
    expect(service.transmission(3)).toMatchObject({
      state: 'sealed',
      turn: 0,
      stopReason: { code: 'prefecture/circuit-open' },
    });
    expect(service.transmission(3).stopReason?.detail).toMatch(/prochain essai le 02\/11\/2022 à 10:0\d/);
    expect(service.prefecture.taken).toHaveLength(0);
  });

  it('laisse passer un seul essai, puis réveille tous les autres quand il aboutit', async () => {
    const service = await sealed(6);
    const probeAt = await cut(service);
    await submit(service, 3);
    await submit(service, 4);
    service.clock.set(probeAt);
    await submit(service, 3);
    expect(service.transmission(3).state).toBe('awaiting-ack');
    await submit(service, 5);
    expect(service.transmission(5).stopReason?.detail).toContain('un essai est en cours');
    await service.circuit.report(HERAULT, { kind: 'answered' });
    expect(service.transmission(5).nextTurnAt).toBe(service.clock.now());
    await submit(service, 4);
    await submit(service, 5);
    expect([4, 5].map((index) => service.transmission(index).state)).toEqual([
      'awaiting-ack',
      'awaiting-ack',
    ]);
    expect(
      service.ledger.audit.filter(({ sujet }) => sujet === 'prefecture').map(({ evenement }) => evenement),
    ).toEqual(['circuit-opened', 'circuit-closed']);
  });

  it('rétablie pendant qu’un acte se met à l’attendre, ne le laisse pas derrière', async () => {
    const service = await sealed(4);
    await cut(service);
    const { transmissions } = service;
    const postpone = transmissions.postpone.bind(transmissions);
    transmissions.postpone = async (...asked) => {
      await service.circuit.report(HERAULT, { kind: 'answered' });
      return postpone(...asked);
    };
    const outcome = await submit(service, 3);
    expect(outcome).toEqual({ kind: 'later', at: service.clock.now() });
    expect(service.transmission(3).stopReason).toBeNull();
    await submit(service, 3);
    expect(service.transmission(3).state).toBe('awaiting-ack');
  });

  it('n’est pas interrogée non plus avant l’heure de l’essai', async () => {
    const service = await sealed(4);
    service.prefecture.answer({ kind: 'lost', code: 'prefecture/answer-lost', detail: 'Perdue.' });
    await submit(service, 3);
    service.clock.set('2022-11-02T09:30:00.000Z');
    const probeAt = await cut(service);
    const reconcile = (): Promise<JobOutcome> => service.reconcile.execute(service.transmission(3).id);
    expect(await reconcile()).toEqual({ kind: 'later', at: probeAt });
    service.clock.set(probeAt);
    expect(await reconcile()).toEqual({ kind: 'done', state: 'awaiting-ack' });
  });

  it('rend sa part de budget à l’acte qui n’a pu l’essayer', async () => {
    const service = await sealed(6);
    settle(service, { actesParHeure: 5 });
    const probeAt = await cut(service);
    service.clock.set(probeAt);
    // L'un prend la quatrième part et part ; l'autre prend la cinquième, ne peut partir, et la rend.
    await submit(service, 3);
    await submit(service, 4);
    expect(service.transmission(4).stopReason?.code).toBe('prefecture/circuit-open');
    await service.circuit.report(HERAULT, { kind: 'answered' });
    await submit(service, 5);
    expect(service.transmission(5).state).toBe('awaiting-ack');
  });
});
