import { aCompte, anAccuse, InMemoryService } from '@teletransmission/testkit';
import { ResumeAfterRestore } from './resume-after-restore';

let service: InMemoryService;
let resume: ResumeAfterRestore;
beforeEach(() => {
  service = new InMemoryService();
  resume = new ResumeAfterRestore(service.transmissions, 120_000, service.clock, service.ids);
});

const NONE = { retenues: 0, incertaines: 0, enRetard: 0, refusees: 0 };
const NOM = 'TACT--SPREF0343-213402761-20221102-57.tar.gz';

/** Ce que la restauration écrit sur tout ce qu'elle trouve inachevé. */
function markRestored(): void {
  const imageDu = service.clock.now();
  for (const one of service.ledger.transmissions.values())
    service.ledger.transmissions.set(one.id, { ...one, restored: { imageDu, cycle: one.cycle } });
}

async function resubmit(): Promise<void> {
  const compte = aCompte({ role: 'operateur' });
  const { id: transmissionId } = service.transmission();
  const motif = 'La préfecture ne l’a pas';
  const steered = await service.steer.execute({ compte, transmissionId, steering: 'resubmitted', motif });
  expect(steered.ok).toBe(true);
}

describe('la reprise après une restauration', () => {
  it('retient ce qui attendait en file : parti depuis, il le serait sous un nom que nul ne connaît plus', async () => {
    await service.depositReference();
    expect(await resume.execute()).toEqual({ ...NONE, retenues: 1 });
    expect(service.transmission()).toMatchObject({
      state: 'held',
      stopReason: { code: 'restauration/maybe-sent' },
    });
    // Le travail d'avant, s'il survit dans une file, ne fait plus rien partir.
    await service.runJobs();
    expect(service.prefecture.taken).toEqual([]);
  });

  it('rend incertain ce qui était sous enveloppe : la préfecture dit par son nom si elle l’a, et rien ne part en double', async () => {
    await service.depositReference();
    await service.seal.execute(service.transmission().id);
    expect(await resume.execute()).toEqual({ ...NONE, incertaines: 1 });
    expect(service.transmission().state).toBe('uncertain');
    expect(service.ledger.eventsOf(service.transmission().id).slice(-2)).toEqual([
      'envoi-opened',
      'envoi-lost',
    ]);
    service.prefecture.lookUpAnswer = 'present';
    service.clock.advance(120_000);
    await service.reconcile.execute(service.transmission().id);
    expect(service.transmission().state).toBe('awaiting-ack');
    expect(service.prefecture.taken).toEqual([]);
  });

  it('signale un accusé attendu, qui a pu être relevé puis perdu ; refaite, elle ne fait plus rien et dit la même chose', async () => {
    await service.depositReference();
    await service.runJobs();
    expect(service.transmission().state).toBe('awaiting-ack');
    expect(await resume.execute()).toEqual({ ...NONE, enRetard: 1 });
    expect(service.transmission()).toMatchObject({
      state: 'awaiting-ack',
      isOverdue: true,
    });
    const { version } = service.transmission();
    expect(await resume.execute()).toEqual({ ...NONE, enRetard: 1 });
    expect(service.transmission().version).toBe(version);
  });

  it('compte aussi ce qui était déjà incertain, retenu, refusé ou en retard : c’est à demander de même', async () => {
    await service.depositReference();
    await service.seal.execute(service.transmission().id);
    service.prefecture.answer({ kind: 'lost', code: 'prefecture/reset', detail: 'coupée' });
    await service.submit.execute(service.transmission().id);
    const { id } = service.transmission();
    const before = service.ledger.eventsOf(id);
    expect(await resume.execute()).toEqual({ ...NONE, incertaines: 1 });
    expect(service.ledger.eventsOf(id)).toEqual(before);

    for (const [state, counted] of [
      ['held', { retenues: 1 }],
      ['rejected', { refusees: 1 }],
      ['withdrawn', {}],
    ] as const) {
      service.ledger.transmissions.set(id, { ...service.transmission(), state });
      expect(await resume.execute()).toEqual({ ...NONE, ...counted });
    }
  });
});

describe('un acte qu’une restauration a mis en doute', () => {
  it.each(['en file', 'sous enveloppe'])(
    'trouvé %s, il ne repart pas de lui-même quand la préfecture n’a pas son archive : il a pu partir sous un autre nom',
    async (found) => {
      await service.depositReference();
      if (found === 'sous enveloppe') await service.seal.execute(service.transmission().id);
      markRestored();
      await resume.execute();
      service.prefecture.lookUpAnswer = 'absent';
      service.clock.advance(120_000);
      await service.reconcile.execute(service.transmission().id);
      service.clock.advance(3_600_000);
      await service.runJobs();
      expect(service.transmission().state).toBe('held');
      expect(service.transmission().stopReason?.code).toMatch(/^restauration\//);
      expect(service.prefecture.taken).toEqual([]);
    },
  );

  it('retrouvé à la préfecture, se signale aussitôt : son accusé a pu être relevé puis perdu', async () => {
    await service.depositReference();
    await service.seal.execute(service.transmission().id);
    markRestored();
    await resume.execute();
    service.prefecture.lookUpAnswer = 'present';
    service.clock.advance(120_000);
    await service.reconcile.execute(service.transmission().id);
    await service.sweep.execute();
    expect(service.transmission()).toMatchObject({ state: 'awaiting-ack', isOverdue: true });
  });

  it('remis en file par une personne, il suit de nouveau la règle commune : absent, la même archive repart', async () => {
    await service.depositReference();
    markRestored();
    await resume.execute();
    await resubmit();
    await service.seal.execute(service.transmission().id);
    service.prefecture.answer({ kind: 'lost', code: 'prefecture/reset', detail: 'coupée' });
    await service.submit.execute(service.transmission().id);
    expect(service.transmission().state).toBe('uncertain');
    service.prefecture.lookUpAnswer = 'absent';
    service.clock.advance(120_000);
    await service.reconcile.execute(service.transmission().id);
    expect(service.transmission().state).toBe('sealed');
  });

  it.each(['en file', 'sous enveloppe'])(
    'trouvé %s, son accusé l’acquitte, même daté d’avant la restauration : il était parti après l’image',
    async (found) => {
      await service.depositReference();
      if (found === 'sous enveloppe') await service.seal.execute(service.transmission().id);
      markRestored();
      // L'accusé porte le 2 novembre ; la restauration n'a lieu que deux jours après.
      service.clock.advance(2 * 86_400_000);
      await resume.execute();
      await service.receive('ar', NOM, await anAccuse());
      expect(service.transmission()).toMatchObject({
        state: 'acknowledged',
        dateReception: '2022-11-02',
        // L'instant du départ s'est perdu avec ce qui a suivi l'image : aucun ne s'invente.
        teletransmiseLe: null,
      });
      await service.runJobs();
      expect(service.prefecture.taken).toEqual([]);
    },
  );

  it('un accusé daté d’avant l’image parle d’un autre envoi : il va au bac', async () => {
    await service.depositReference();
    markRestored();
    await resume.execute();
    await service.receive('ar', NOM, await anAccuse({ dateReception: '2022-11-01' }));
    expect([service.retourStates(), service.transmission().state]).toEqual([['contradictory'], 'held']);
  });

  it('déposé après la restauration, il n’est pas en doute : un accusé sans envoi ne l’acquitte pas', async () => {
    await resume.execute();
    await service.depositReference();
    await service.receive('ar', NOM, await anAccuse());
    expect(service.retourStates()).toEqual(['contradictory']);
  });
});
