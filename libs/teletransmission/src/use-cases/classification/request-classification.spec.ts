import { gunzipSync } from 'node:zlib';
import {
  aClassification,
  aCollectivite,
  aCompte,
  anAccuse,
  anAnomalie,
  anAnomalieEnveloppe,
  InMemoryService,
  TIMINGS,
} from '@teletransmission/testkit';

const NOM = 'TACT--SPREF0343-213402761-20221102-57.tar.gz';
const OUTDATED = 'ODT-VERIF-01 : la date de classification n’est pas à jour';

const TIMES = { periodMs: 86_400_000, patienceMs: 172_800_000 };

const versionOf = async (service: InMemoryService): Promise<string | undefined> =>
  (await service.collectivites.findBySiren('213402761'))?.classificationDateVersion;

const states = (service: InMemoryService): readonly string[] =>
  [...service.ledger.transmissions.values()].map(({ flux, state }) => `${flux} ${state}`);

async function requested(): Promise<InMemoryService> {
  const service = new InMemoryService();
  await service.requestClassification.execute(aCollectivite().id, 'essai');
  await service.runJobs();
  expect(states(service)).toEqual(['7-1 awaiting-ack']);
  return service;
}

async function transmitted(): Promise<InMemoryService> {
  const service = new InMemoryService();
  await service.depositReference();
  await service.runJobs();
  return service;
}

describe('demander la nomenclature de sa préfecture', () => {
  it('une demande ouverte suffit', async () => {
    const service = await requested();
    await service.requestClassification.execute(aCollectivite().id, 'encore');
    expect(states(service)).toEqual(['7-1 awaiting-ack']);
  });

  it('part sans nom d’acte, avec quatre tirets', async () => {
    const service = await requested();
    expect(service.prefecture.taken.map(({ nom }) => nom)).toEqual([
      'TLT-TACT--213402761--20221102-1.tar.gz',
    ]);
    const archive = service.prefecture.taken[0]?.bytes ?? Buffer.alloc(0);
    expect(gunzipSync(archive).toString('latin1')).toContain('034-213402761----7-1_0.xml');
  });

  it('7-2 : la nomenclature est gardée, et sa date devient celle des actes', async () => {
    const service = await requested();
    await service.receive('m', NOM, await aClassification('7-2', '2022-10-15'));
    expect(states(service)).toEqual(['7-1 acknowledged']);
    expect(await versionOf(service)).toBe('2022-10-15');
    expect((await service.classifications.current(aCollectivite().id))?.matieres).toHaveLength(1);
  });

  it('7-3 : la nôtre est la bonne, rien ne change que la demande', async () => {
    const service = await requested();
    await service.receive('m', NOM, await aClassification('7-3', '2019-08-29'));
    expect(states(service)).toEqual(['7-1 acknowledged']);
    expect(await versionOf(service)).toBe('2019-08-29');
    expect(await service.classifications.current(aCollectivite().id)).toBeNull();
  });

  it('venue sans demande et plus récente, est chargée ; plus ancienne, ne change rien', async () => {
    const service = new InMemoryService();
    await service.receive('m', NOM, await aClassification('7-2', '2022-10-15'));
    await service.receive('m2', NOM, await aClassification('7-2', '2022-10-14'));
    expect(service.retourStates()).toEqual(['applied', 'duplicate']);
    expect(await versionOf(service)).toBe('2022-10-15');
  });

  it('se renouvelle quand elle date, pas avant', async () => {
    const service = await requested();
    await service.receive('m', NOM, await aClassification('7-3', '2019-08-29'));
    expect(await service.requestClassification.refresh(TIMES)).toBe(0);
    service.clock.advance(86_400_000);
    expect(await service.requestClassification.refresh(TIMES)).toBe(1);
  });

  it('un accusé qui nomme une date plus récente la fait redemander ; une plus ancienne, non', async () => {
    const service = await transmitted();
    await service.receive('m', NOM, await anAccuse({ enCours: '2022-10-15' }));
    expect(states(service)).toEqual(['1-1 acknowledged', '7-1 awaiting-ack']);
    const other = await transmitted();
    await other.receive('m', NOM, await anAccuse({ enCours: '2008-12-31' }));
    expect(states(other)).toEqual(['1-1 acknowledged']);
  });

  it('un acte refusé pour une nomenclature périmée repart de lui-même avec la neuve', async () => {
    const service = await transmitted();
    await service.receive('m1', NOM, await anAnomalie('002', OUTDATED, '2022-10-15'));
    expect(states(service)).toEqual(['1-1 rejected', '7-1 awaiting-ack']);
    await service.receive('m2', NOM, await aClassification('7-2', '2022-10-15'));
    expect(service.transmission()).toMatchObject({
      state: 'awaiting-ack',
      cycle: 2,
      classificationEnvoyee: '2022-10-15',
    });
    await service.receive('m3', NOM, await anAccuse({ enCours: '2022-10-15' }));
    expect(service.transmission().state).toBe('acknowledged');
  });

  it.each([
    ['002', 'La pièce jointe est illisible', 'rejected'],
    ['999', OUTDATED, 'awaiting-ack'],
  ])('nature %s, « %s » : ce sont les mots qui décident s’il repart seul', async (nature, words, state) => {
    const service = await transmitted();
    await service.receive('m1', NOM, await anAnomalie(nature, words, '2022-10-15'));
    await service.receive('m2', NOM, await aClassification('7-2', '2022-10-15'));
    expect(service.transmission().state).toBe(state);
  });

  it('un acte refusé avec son enveloppe pour des fichiers inutilisables ne repart pas : ce 002-là n’est pas celui des actes', async () => {
    const service = await transmitted();
    await service.receive('m1', 'ANO_TACT--213402761--20221102-1.xml', anAnomalieEnveloppe('002', 'Virus'));
    expect(service.transmission().stopReason?.code).toBe('anomalie/enveloppe-002');
    await service.receive('m2', NOM, await aClassification('7-2', '2022-10-15'));
    expect(service.transmission().state).toBe('rejected');
  });

  it('un acte refusé qu’une restauration a mis en doute n’en repart pas seul : il a pu être repris depuis l’image', async () => {
    const service = await transmitted();
    await service.receive('m1', NOM, await anAnomalie('002', OUTDATED, '2022-10-15'));
    const { id, cycle } = service.transmission();
    const restored = { imageDu: service.clock.now(), cycle };
    service.ledger.transmissions.set(id, { ...service.transmission(), restored });
    await service.receive('m2', NOM, await aClassification('7-2', '2022-10-15'));
    expect(states(service)).toEqual(['1-1 rejected', '7-1 acknowledged']);
  });

  it('une nomenclature suivante reprend elle aussi les actes refusés : chacune est un travail neuf', async () => {
    const service = await requested();
    await service.receive('m0', NOM, await aClassification('7-2', '2022-09-01'));
    await service.depositReference();
    await service.runJobs();
    await service.receive('m1', NOM, await anAnomalie('002', OUTDATED, '2022-10-15'));
    await service.receive('m2', NOM, await aClassification('7-2', '2022-10-15'));
    expect(service.transmission(1)).toMatchObject({ state: 'awaiting-ack', cycle: 2 });
  });

  it('un acte parti juste avant la nomenclature neuve repart sans rien redemander', async () => {
    const service = await transmitted();
    await service.requestClassification.execute(aCollectivite().id, 'essai');
    await service.runJobs();
    await service.receive('m1', NOM, await aClassification('7-2', '2022-10-15'));
    await service.receive('m2', NOM, await anAnomalie('002', OUTDATED, '2022-10-15'));
    expect(states(service)).toEqual(['1-1 awaiting-ack', '7-1 acknowledged']);
    expect(service.transmission()).toMatchObject({ cycle: 2, classificationEnvoyee: '2022-10-15' });
  });

  it('refusé deux fois pour la même version, attend une personne : deux préfectures en désaccord ne tournent pas', async () => {
    const service = await transmitted();
    await service.receive('m1', NOM, await anAnomalie('002', OUTDATED, '2022-10-15'));
    await service.receive('m2', NOM, await aClassification('7-2', '2022-10-15'));
    await service.receive('m3', NOM, await anAnomalie('002', `${OUTDATED} (bis)`, '2022-10-15'));
    expect(service.transmission()).toMatchObject({ state: 'rejected', cycle: 2 });
  });

  it('une matière que la préfecture n’a pas est dite dès le dépôt, et rien n’est gardé', async () => {
    const service = await requested();
    await service.receive('m', NOM, await aClassification('7-2', '2022-10-15', [7]));
    expect(await service.depositReference()).toMatchObject({
      ok: false,
      problem: { violations: [{ pointer: '/matiere', code: 'matiere/not-in-classification' }] },
    });
    expect(service.ledger.deliberations.size).toBe(0);
  });

  it('une matière que la préfecture retire entre le dépôt et l’envoi arrête l’acte avant l’envoi', async () => {
    const service = await requested();
    await service.receive('m', NOM, await aClassification('7-2', '2022-10-15', [8]));
    expect((await service.depositReference()).ok).toBe(true);
    const received = service.ledger.classifications.get(aCollectivite().id);
    if (!received) throw new Error('nomenclature attendue');
    service.ledger.classifications.set(aCollectivite().id, { ...received, matieres: [] });
    expect((await service.seal.execute(service.transmission(1).id)).kind).toBe('done');
    expect(service.transmission(1).state).toBe('sealed');

    const other = await service.depositReference({ numeroInterne: '2022-10-063' });
    expect(other.ok).toBe(true);
    const [branche] = received.matieres;
    if (!branche) throw new Error('branche attendue');
    service.ledger.classifications.set(aCollectivite().id, {
      ...received,
      matieres: [{ ...branche, code: 7 }],
    });
    await service.runJobs();
    expect(service.transmission(2)).toMatchObject({
      state: 'held',
      stopReason: { code: 'matiere/not-in-classification' },
    });
  });

  it('rejetée avec son enveloppe, laisse redemander', async () => {
    const service = await requested();
    await service.receive('ano', 'ANO_TACT--213402761--20221102-1.xml', anAnomalieEnveloppe());
    expect(states(service)).toEqual(['7-1 rejected']);
    await service.requestClassification.execute(aCollectivite().id, 'encore');
    expect(states(service)).toEqual(['7-1 rejected', '7-1 queued']);
  });

  it('ne recule jamais, fût-ce en réponse à une demande, ni vide, ni datée d’un jour à venir', async () => {
    const service = new InMemoryService();
    await service.receive('m0', NOM, await aClassification('7-2', '2022-10-15'));
    for (const [source, date, matieres] of [
      ['m1', '2022-10-14', [7]],
      ['m2', '2022-10-20', []],
      ['m3', '2022-11-04', [7]],
    ] as const) {
      await service.requestClassification.execute(aCollectivite().id, 'essai');
      await service.runJobs();
      await service.receive(source, NOM, await aClassification('7-2', date, matieres));
      expect(await versionOf(service)).toBe('2022-10-15');
    }
    await service.receive('m4', NOM, await aClassification('7-2', '2022-10-16', []));
    await service.receive('m5', NOM, await aClassification('7-2', '2022-11-05'));
    expect(service.retourStates()).toEqual([
      'applied',
      'applied',
      'contradictory',
      'contradictory',
      'contradictory',
      'contradictory',
    ]);
    // Demain, déjà commencé à l'est du monde : elle vaut.
    service.clock.set('2022-11-02T12:00:00.000Z');
    await service.receive('m6', NOM, await aClassification('7-2', '2022-11-03'));
    expect(await versionOf(service)).toBe('2022-11-03');
  });

  it('la première reçue fait foi, plus ancienne fût-elle que la version inscrite à la main', async () => {
    const service = await requested();
    await service.receive('m', NOM, await aClassification('7-2', '2018-11-28'));
    expect(await versionOf(service)).toBe('2018-11-28');
  });
});

describe('une demande de nomenclature sans réponse', () => {
  const operateur = aCompte({ role: 'operateur', collectiviteId: aCollectivite().id });
  const SIREN = '213402761';

  it('est signalée en retard, puis terminée et refaite ; la réponse à la suivante la clôt', async () => {
    const service = await requested();
    service.clock.advance(TIMINGS.ackDeadlineMs);
    await service.sweep.execute();
    expect(service.transmission()).toMatchObject({ state: 'awaiting-ack', isOverdue: true });
    expect(await service.requestClassification.refresh({ ...TIMES, periodMs: 1e12 })).toBe(0);
    service.clock.advance(TIMINGS.ackDeadlineMs);
    expect(await service.requestClassification.refresh({ ...TIMES, periodMs: 1e12 })).toBe(1);
    await service.runJobs();
    expect(states(service)).toEqual(['7-1 withdrawn', '7-1 awaiting-ack']);
    expect(await service.requestClassification.refresh({ ...TIMES, periodMs: 1e12 })).toBe(0);
    await service.receive('m', NOM, await aClassification('7-2', '2022-10-15'));
    expect(states(service)).toEqual(['7-1 withdrawn', '7-1 acknowledged']);
  });

  it('incertaine, vieillit de même ; en file ou en envoi, non', async () => {
    const service = new InMemoryService();
    await service.requestClassification.execute(aCollectivite().id, 'essai');
    service.clock.advance(TIMES.patienceMs);
    expect(await service.requestClassification.refresh({ ...TIMES, periodMs: 1e12 })).toBe(0);
    service.prefecture.answer({ kind: 'lost', code: 'prefecture/answer-lost', detail: 'Perdue.' });
    await service.runJobs();
    expect(states(service)).toEqual(['7-1 uncertain']);
    service.clock.advance(TIMES.patienceMs);
    expect(await service.requestClassification.refresh({ ...TIMES, periodMs: 1e12 })).toBe(1);
    expect(states(service)).toEqual(['7-1 withdrawn', '7-1 queued']);
    expect(service.ledger.envois.map(({ closed }) => closed?.outcome)).toEqual(['lost']);
  });

  it('redemandée à la main, dit ce qui est en cours et depuis quand, et n’envoie rien', async () => {
    const service = new InMemoryService();
    expect(await service.requestClassification.ask(operateur, SIREN)).toEqual({
      ok: true,
      value: '2022-11-02T09:00:00.000Z',
    });
    await service.runJobs();
    service.clock.advance(60_000);
    expect(await service.requestClassification.ask(operateur, SIREN)).toMatchObject({
      ok: false,
      problem: {
        code: 'classification/already-asked',
        facts: { state: 'awaiting-ack', depuis: '2022-11-02T09:00:00.000Z', enRetard: false },
      },
    });
    expect(states(service)).toEqual(['7-1 awaiting-ack']);
  });

  it('se termine par une personne, avec son motif, et laisse redemander', async () => {
    const service = await requested();
    const end = (motif: string): ReturnType<typeof service.requestClassification.end> =>
      service.requestClassification.end(operateur, SIREN, motif);
    expect(await end(' ')).toMatchObject({ problem: { code: 'transmission/reason-missing' } });
    expect(await end('la préfecture ne répond pas')).toEqual({ ok: true, value: '2022-11-02T09:00:00.000Z' });
    expect(service.ledger.audit.at(-1)).toMatchObject({
      evenement: 'request-ended',
      etatApres: 'withdrawn',
      motif: 'la préfecture ne répond pas',
      acteur: { kind: 'compte', nom: operateur.nom },
    });
    expect(await end('encore')).toMatchObject({ problem: { code: 'classification/not-asked' } });
    expect((await service.requestClassification.ask(operateur, SIREN)).ok).toBe(true);
    expect(await end('finalement non')).toMatchObject({ ok: true });
    expect(states(service)).toEqual(['7-1 withdrawn', '7-1 withdrawn']);
  });

  it('dont la réponse vient trop tard charge quand même la nomenclature', async () => {
    const service = await requested();
    await service.requestClassification.end(operateur, SIREN, 'la préfecture ne répond pas');
    await service.receive('m', NOM, await aClassification('7-2', '2022-10-15'));
    expect(await versionOf(service)).toBe('2022-10-15');
  });

  it('ne se demande ni ne se termine sans en avoir le droit', async () => {
    const service = await requested();
    const auditeur = { ...operateur, role: 'auditeur' as const };
    expect(await service.requestClassification.end(auditeur, SIREN, 'pour voir')).toMatchObject({
      problem: { code: 'compte/forbidden' },
    });
  });
});
