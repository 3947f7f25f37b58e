import {
  aCollectivite,
  aCompte,
  aLiaison,
  anAccuse,
  InMemoryService,
  PolledHub,
} from '@teletransmission/testkit';
import type { LiaisonTraits } from '../../liaison/liaison';
import { DIRECT_TRAITS, LIAISON_DIRECTE } from '../../liaison/liaison';
import type { Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';

const CHEF = { ...aCompte(), role: 'administrateur' as const, collectiviteId: null };
const POLLED: LiaisonTraits = { ...DIRECT_TRAITS, prend: 'pieces', releve: 'transaction' };

/** Un service qui connaît aussi un hub ; la collectivité y est reliée sur demande. */
async function withHub(traits: LiaisonTraits = POLLED, regles = {}) {
  const service = new InMemoryService();
  const hub = new PolledHub();
  const liaison = aLiaison('hub', { traits, regles: { ...aLiaison('x').regles, ...regles } });
  service.gateways.wire(liaison.id, hub);
  await service.liaisons.save(liaison, {} as never);
  const bind = (to: string = liaison.id) =>
    service.bind.execute({
      compte: CHEF,
      siren: aCollectivite().siren,
      liaison: to,
      depuis: null,
      motif: 'Marché 2023',
    });
  return { service, hub, liaison, bind };
}

describe('deux liaisons à la fois', () => {
  it('un acte scellé part par la sienne ; un autre, pas encore scellé, prend la nouvelle', async () => {
    const { service, hub, liaison, bind } = await withHub();
    await service.depositReference();
    await service.seal.execute(service.transmission().id);
    await service.depositReference({ numeroInterne: '2022-10-063' });
    expect(await bind()).toMatchObject({ ok: true });
    await service.runJobs();
    expect([service.transmission(0).liaisonId, service.transmission(1).liaisonId]).toEqual([
      LIAISON_DIRECTE,
      liaison.id,
    ]);
    expect([service.prefecture.taken.length, hub.transactions.size]).toEqual([1, 1]);
    expect([service.transmission(0).state, service.transmission(1).state]).toEqual([
      'awaiting-ack',
      'awaiting-ack',
    ]);
  });

  it('remis en file, un acte prend la liaison du jour', async () => {
    const { service, liaison, bind } = await withHub();
    await service.depositReference();
    service.prefecture.answer({ kind: 'refused', code: 'prefecture/http-413', detail: 'Trop lourde.' });
    await service.runJobs();
    await bind();
    const { id } = service.transmission();
    await service.steer.execute({
      compte: CHEF,
      transmissionId: id,
      steering: 'resubmitted',
      motif: 'Allégé',
    });
    expect(service.transmission()).toMatchObject({ state: 'queued', liaisonId: null });
    await service.runJobs();
    expect(service.transmission()).toMatchObject({ state: 'awaiting-ack', liaisonId: liaison.id });
  });

  it('un opérateur à pièces reçoit les fichiers scellés, sa référence se garde, et son accusé vient par elle', async () => {
    const { service, hub, liaison, bind } = await withHub();
    await bind();
    await service.depositReference();
    await service.runJobs();
    const [transaction] = hub.transactions.values();
    const [enveloppe] = [...service.ledger.enveloppes.values()];
    expect([...(transaction?.pieces.keys() ?? [])]).toHaveLength(4);
    expect(transaction?.pieces.get('99_DE-034-213402761-20221020-2022-10-062-DE-1-1_1.pdf')).toBeDefined();
    expect(service.ledger.envois).toMatchObject([{ liaisonId: liaison.id, reference: '4711' }]);
    hub.deliver(
      enveloppe?.archive?.nom ?? '',
      'accuse.tar.gz',
      await anAccuse({ dateReception: '2022-11-02' }),
    );
    expect(await service.collect.execute()).toMatchObject({ collected: 1 });
    await service.runJobs();
    expect(service.transmission()).toMatchObject({ state: 'acknowledged', dateReception: '2022-11-02' });
    expect([...service.ledger.retours.values()]).toMatchObject([
      { liaisonId: liaison.id, source: 'transactions', sourceId: '4711.1', state: 'applied' },
    ]);
    expect(hub.settled).toEqual(new Set(['4711.1']));
  });

  it('une transaction se redemande à son heure, de moins en moins, et plus du tout une fois accusée', async () => {
    const { service, hub, bind } = await withHub();
    await bind();
    await service.depositReference();
    await service.runJobs();
    await service.collect.execute();
    await service.collect.execute();
    expect(hub.asked).toEqual(['4711']);
    service.clock.advance(60_000);
    await service.collect.execute();
    expect(hub.asked).toHaveLength(2);
    service.clock.advance(36_000_000);
    await service.collect.execute();
    service.clock.advance(1_800_000);
    await service.collect.execute();
    expect(hub.asked).toHaveLength(3);
  });

  it('le même numéro de retour chez deux liaisons fait deux retours', async () => {
    const { service, hub, bind } = await withHub();
    await bind();
    await service.depositReference();
    await service.runJobs();
    const [enveloppe] = [...service.ledger.enveloppes.values()];
    const bytes = await anAccuse({ dateReception: '2022-11-02' });
    hub.deliver(enveloppe?.archive?.nom ?? '', 'accuse.tar.gz', bytes);
    service.prefecture.deliver('4711.1', 'accuse.tar.gz', bytes);
    expect(await service.collect.execute()).toMatchObject({ collected: 2, alreadyKnown: 0 });
    await service.runJobs();
    expect([...service.retourStates()].sort()).toEqual(['applied', 'duplicate']);
  });

  it('une liaison coupée n’empêche pas de relever l’autre', async () => {
    const { service, hub, bind } = await withHub();
    await bind();
    await service.depositReference();
    await service.runJobs();
    const [enveloppe] = [...service.ledger.enveloppes.values()];
    hub.deliver(
      enveloppe?.archive?.nom ?? '',
      'accuse.tar.gz',
      await anAccuse({ dateReception: '2022-11-02' }),
    );
    service.prefecture.pendingRetours = () => Promise.reject(new Error('coupée'));
    await expect(service.collect.execute()).rejects.toThrow('coupée');
    expect(service.ledger.retours.size).toBe(1);
  });

  it('qui ne prouve pas une absence n’en dit jamais une : rien ne repart seul, deux personnes tranchent', async () => {
    const { service, hub, bind } = await withHub({ ...POLLED, prouveAbsence: false });
    await bind();
    await service.depositReference();
    hub.losesBefore = true;
    hub.answer({ kind: 'lost', code: 'hub/lost', detail: 'Perdue.' });
    await service.runJobs();
    const { id } = service.transmission();
    service.clock.advance(86_400_000);
    expect(await service.reconcile.execute(id)).toMatchObject({ kind: 'later' });
    expect(service.transmission().state).toBe('uncertain');
    expect(hub.transactions.size).toBe(0);
  });

  it('retrouvée par son nom après une réponse perdue, elle prend la référence de l’autre bout', async () => {
    const { service, hub, bind } = await withHub();
    await bind();
    await service.depositReference();
    hub.answer({ kind: 'lost', code: 'hub/lost', detail: 'Perdue.' });
    await service.runJobs();
    service.clock.advance(600_000);
    await service.reconcile.execute(service.transmission().id);
    expect(service.transmission().state).toBe('awaiting-ack');
    expect(service.ledger.envois).toMatchObject([{ reference: '4711' }]);
  });

  it('chez qui brûle les numéros, un acte refusé ne se remet pas en file : il se corrige', async () => {
    const { service, hub, bind } = await withHub({ ...POLLED, bruleNumeros: true });
    await bind();
    await service.depositReference();
    hub.answer({ kind: 'refused', code: 'hub/typology', detail: 'Typologie refusée.' });
    await service.runJobs();
    const { id, stopReason } = service.transmission();
    expect(stopReason).toMatchObject({ code: 'liaison/number-burnt' });
    expect(
      await service.steer.execute({
        compte: CHEF,
        transmissionId: id,
        steering: 'resubmitted',
        motif: 'Essayer',
      }),
    ).toMatchObject({ ok: false, problem: { code: 'liaison/number-burnt' } });
  });

  it('ce qu’elle ne prendrait pas s’arrête sous nos yeux, avant de partir', async () => {
    const { service, hub, bind } = await withHub(POLLED, { sansTiret: true, fichiersMax: 1 });
    await service.depositReference();
    await bind();
    await service.runJobs();
    expect(service.transmission()).toMatchObject({
      state: 'held',
      stopReason: { code: 'liaison/depot-refused', detail: expect.stringContaining('tiret') as string },
    });
    expect(hub.transactions.size).toBe(0);
  });

  it('le budget, la pause et le disjoncteur d’une liaison ne retiennent pas l’autre', async () => {
    const { service, hub, liaison, bind } = await withHub();
    const decision = { compte: CHEF, departement: '034', motif: 'Bascule du serveur' };
    expect(await service.regulate.pause(decision)).toMatchObject({ ok: true });
    await bind();
    await service.depositReference();
    await service.runJobs();
    expect(service.transmission().state).toBe('awaiting-ack');
    expect(hub.transactions.size).toBe(1);
    expect(await service.regulate.pause({ ...decision, liaison: liaison.id })).toMatchObject({ ok: true });
    await service.depositReference({ numeroInterne: '2022-10-063' });
    await service.runJobs();
    expect(service.transmission(1)).toMatchObject({
      state: 'sealed',
      stopReason: { code: 'prefecture/paused' },
    });
    expect(await service.regulate.resume({ ...decision, liaison: liaison.id })).toMatchObject({ ok: true });
    await service.runJobs();
    expect(service.transmission(1).state).toBe('awaiting-ack');
  });

  it.each([
    [{ liaison: 'pigeon' }, 'liaison/unknown'],
    [{ liaison: 'a\u0000b' }, 'liaison/unknown'],
    [{ depuis: '2099-01-01T00:00:00.000Z' as Instant }, 'liaison/date-refused'],
    [{ siren: '000000000' }, 'collectivite/unknown'],
    [{ siren: 'a\u0000b' }, 'collectivite/unknown'],
    [{ depuis: addMs(new InMemoryService().clock.now(), -1) }, 'liaison/date-refused'],
    [{ compte: { ...CHEF, role: 'operateur' as const } }, 'compte/forbidden'],
  ])('on ne relie pas %j : %s', async (changes, code) => {
    const { service } = await withHub();
    const command = {
      compte: CHEF,
      siren: aCollectivite().siren,
      liaison: 'hub',
      depuis: null,
      motif: 'Marché',
    };
    expect(await service.bind.execute({ ...command, ...changes })).toMatchObject({
      ok: false,
      problem: { code },
    });
  });
});
