import {
  aCollectivite,
  aCompte,
  aLettre,
  anAccuse,
  aPdf,
  aStoredFile,
  InMemoryService,
  retourScene,
} from '@teletransmission/testkit';
import type { CivilDate, Result } from '@teletransmission/kernel';
import type { Compte } from '../../compte/compte';
import type { ContenuLu, Decision } from '../../decision/decision';
import type { CollectiviteId, CompteId, RetourId } from '../../ids';
import type { DecideCommand } from './decide-retour';
import type { Settling } from './settle-decision';

const NOM = 'TACT--SPREF0343-213402761-20221102-57.tar.gz';
const person = (n: string, nom: string, changes: Partial<Compte> = {}): Compte =>
  aCompte({
    id: `a0000000-0000-7000-8000-00000000000${n}` as CompteId,
    nom,
    role: 'operateur',
    ...changes,
  });
const ANNE = person('a', 'Anne');
const BASILE = person('b', 'Basile');
const CLAIRE = person('c', 'Claire');
const motif = 'lu avec la préfecture';
const jour = (text: string): CivilDate => text as CivilDate;
const ACCUSE: ContenuLu = {
  nature: 'accuse',
  dateReception: jour('2022-11-02'),
  identifiant: '034-213402761-20221020-2022-10-062-DE',
};

/** Un acte qui attend, et un retour illisible au bac. */
async function unreadable(): Promise<InMemoryService> {
  const service = new InMemoryService();
  await retourScene.awaiting(service);
  await service.receive('m1', NOM, Buffer.from('AR du 2 novembre 2022'));
  expect(service.retourStates()).toEqual(['unreadable']);
  return service;
}

const lastRetour = (service: InMemoryService): RetourId => {
  const retour = [...service.ledger.retours.values()].at(-1);
  if (!retour) throw new Error('aucun retour');
  return retour.id;
};

const decide = (
  service: InMemoryService,
  changes: Partial<DecideCommand> = {},
): Promise<Result<Decision>> => {
  const retour = [...service.ledger.retours.values()].at(-1);
  return service.decide.execute({
    compte: ANNE,
    retourId: retour?.id ?? '',
    target: { kind: 'transmission', id: service.transmission().id },
    contenu: ACCUSE,
    empreinte: retour?.empreinte ?? '',
    lu: 'AR du 2 novembre 2022',
    motif,
    ...changes,
  });
};

const CONFIRM: Settling = { kind: 'confirmer', dateReception: jour('2022-11-02') };

const settle = (
  service: InMemoryService,
  compte: Compte,
  settling: Settling = CONFIRM,
): Promise<Result<Decision>> => {
  const [decision] = service.ledger.decisions.values();
  return service.settle.execute({ compte, id: decision?.id ?? '', settling, motif: 'relu' });
};

describe('un accusé lu des yeux', () => {
  it('attend une seconde personne, et ne change rien avant elle', async () => {
    const service = await unreadable();
    const before = service.transmission();
    expect(await decide(service)).toMatchObject({ ok: true, value: { state: 'proposed', cloture: null } });
    expect(service.transmission()).toEqual(before);
    expect(service.retourStates()).toEqual(['unreadable']);
    expect(await service.tray.find(lastRetour(service))).toMatchObject({ isDecisionPending: true });
    expect(service.ledger.audit.at(-1)).toMatchObject({
      evenement: 'decision-proposed',
      deliberationId: before.deliberationId,
      acteur: { nom: 'Anne' },
      motif,
      preuve: { dateReception: '2022-11-02', lu: 'AR du 2 novembre 2022' },
    });
  });

  it('confirmé, s’applique comme s’il avait été lu, avec les deux noms, et fait suivre la publication', async () => {
    const service = await unreadable();
    await decide(service);
    expect(await settle(service, BASILE)).toMatchObject({ ok: true, value: { state: 'applied' } });
    expect(service.transmission()).toMatchObject({
      state: 'acknowledged',
      dateReception: '2022-11-02',
      stopReason: null,
      ackDueAt: null,
    });
    expect(service.ledger.eventsOf(service.transmission().id).at(-1)).toBe('ar-received');
    expect(service.ledger.audit).toContainEqual(
      expect.objectContaining({
        evenement: 'ar-received',
        acteur: { kind: 'compte', id: BASILE.id, nom: 'Basile' },
        motif: `Anne : ${motif} — Basile : relu`,
        preuve: expect.objectContaining({
          premierId: ANNE.id,
          secondId: BASILE.id,
          empreinteRetour: service.ledger.retours.get(lastRetour(service))?.empreinte,
        }) as unknown,
      }),
    );
    expect(service.ledger.audit).toContainEqual(
      expect.objectContaining({ evenement: 'retour-decided', etatAvant: 'unreadable', etatApres: 'applied' }),
    );
    expect(service.ledger.outbox.filter(({ job }) => job === 'track-publication')).toHaveLength(1);
    expect(await service.tray.find(lastRetour(service))).toMatchObject({
      state: 'applied',
      flux: '1-2',
      code: 'retour/decided',
      detail: 'Lu et appliqué par Anne et Basile : « AR du 2 novembre 2022 »',
      isDecisionPending: false,
    });
  });

  it('deux fois vaut une fois : proposé, confirmé, et par deux personnes en même temps', async () => {
    const service = await unreadable();
    const first = await decide(service);
    expect(await decide(service)).toEqual(first);
    const audits = service.ledger.audit.length;
    const answers = await Promise.all([settle(service, BASILE), settle(service, CLAIRE)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({
      problem: { code: expect.stringMatching(/^decision\/(closed|moved-meanwhile)$/) as unknown },
    });
    const winner = answers[0].ok ? BASILE : CLAIRE;
    expect(await settle(service, winner)).toMatchObject({ ok: true, value: { state: 'applied' } });
    expect(service.ledger.audit.slice(audits).map(({ evenement }) => evenement)).toEqual([
      'retour-decided',
      'ar-received',
    ]);
    expect(await decide(service)).toMatchObject({ ok: true, value: { state: 'applied' } });
  });

  it('n’est pas confirmé ni refusé par qui l’a proposé, et ne se retire que par lui', async () => {
    const service = await unreadable();
    await decide(service);
    expect(await settle(service, ANNE)).toMatchObject({ problem: { code: 'decision/same-person' } });
    expect(await settle(service, ANNE, { kind: 'refuser' })).toMatchObject({
      problem: { code: 'decision/same-person' },
    });
    expect(await settle(service, BASILE, { kind: 'retirer' })).toMatchObject({
      problem: { code: 'decision/not-author' },
    });
    expect(service.transmission().state).toBe('awaiting-ack');
  });

  it('une seconde lecture différente n’applique rien, et dit les deux jours', async () => {
    const service = await unreadable();
    await decide(service);
    expect(
      await settle(service, BASILE, { kind: 'confirmer', dateReception: jour('2022-11-01') }),
    ).toMatchObject({
      problem: {
        code: 'decision/reading-differs',
        detail: expect.stringMatching(/02\/11\/2022.*01\/11\/2022/) as unknown,
      },
    });
    expect(service.transmission().state).toBe('awaiting-ack');
  });

  it.each([
    ['refusé', 'refuser', BASILE, 'decision-refused'],
    ['retiré', 'retirer', ANNE, 'decision-withdrawn'],
  ] as const)('%s, rend le retour au bac, et le journal le garde', async (_, kind, compte, evenement) => {
    const service = await unreadable();
    await decide(service);
    expect(await settle(service, compte, { kind })).toMatchObject({ ok: true });
    expect(await settle(service, compte, { kind })).toMatchObject({ ok: true });
    expect(service.ledger.audit.at(-1)).toMatchObject({
      evenement,
      motif: 'relu',
      acteur: { id: compte.id },
    });
    expect(await service.tray.find(lastRetour(service))).toMatchObject({
      state: 'unreadable',
      isDecisionPending: false,
    });
    expect(await settle(service, BASILE)).toMatchObject({ problem: { code: 'decision/closed' } });
    expect(await decide(service, { compte: CLAIRE })).toMatchObject({
      ok: true,
      value: { state: 'proposed' },
    });
  });

  it('tient le retour : personne ne le relit, ne le met de côté ni n’en décide autrement', async () => {
    const service = await unreadable();
    await decide(service);
    for (const kind of ['relire', 'mettre-de-cote'] as const)
      expect(
        await service.handle.execute({ compte: BASILE, id: lastRetour(service), handling: { kind }, motif }),
      ).toMatchObject({
        problem: { code: 'decision/pending', detail: expect.stringContaining('Anne') as unknown },
      });
    expect(await decide(service, { compte: BASILE })).toMatchObject({
      problem: { code: 'decision/pending' },
    });
  });

  it('dont l’acte s’est entre-temps acquitté de lui-même ne s’applique plus ; il se retire, et se met de côté', async () => {
    const service = await unreadable();
    const retour = lastRetour(service);
    await decide(service);
    await service.receive('m2', NOM, await anAccuse());
    expect(await settle(service, BASILE)).toMatchObject({
      problem: {
        code: 'decision/not-applicable',
        detail: expect.stringContaining('déjà appliqué') as unknown,
      },
    });
    await settle(service, ANNE, { kind: 'retirer' });
    const aside = { compte: ANNE, id: retour, handling: { kind: 'mettre-de-cote' }, motif } as const;
    expect(await service.handle.execute(aside)).toMatchObject({ ok: true });
  });

  it.each<[string, Partial<DecideCommand>, readonly string[]]>([
    ['d’autres octets que ceux regardés', { empreinte: 'a'.repeat(64) }, ['/empreinte']],
    ['sans dire ce qui se lit', { lu: ' ' }, ['/lu']],
    [
      'de la veille de l’envoi',
      { contenu: { ...ACCUSE, dateReception: jour('2022-10-30') } },
      ['/dateReception'],
    ],
    [
      'd’après son arrivée',
      { contenu: { ...ACCUSE, dateReception: jour('2022-11-05') } },
      ['/dateReception'],
    ],
    [
      'd’une autre commune',
      { contenu: { ...ACCUSE, identifiant: '034-213400518-20221020-2022-10-062-DE' } },
      ['/identifiant'],
    ],
    [
      'toutes les fautes à la fois',
      {
        motif: 'x',
        empreinte: '',
        lu: '',
        contenu: { ...ACCUSE, dateReception: jour('2023-01-01'), identifiant: '' },
      },
      ['/motif', '/empreinte', '/lu', '/dateReception', '/identifiant'],
    ],
    [
      'une anomalie sans mots ni code',
      { contenu: { nature: 'anomalie', code: 'abc', detail: ' ' } },
      ['/code', '/detail'],
    ],
    [
      'une lettre à venir',
      { contenu: { nature: 'lettre', flux: '3-1', dateCourrier: jour('2023-01-01'), texte: '' } },
      ['/dateCourrier', '/texte'],
    ],
  ])('%s : refusé, rien ne s’enregistre', async (_, changes, pointers) => {
    const service = await unreadable();
    const before = service.ledger.audit.length;
    const refused = await decide(service, changes);
    if (refused.ok) throw new Error('accepté');
    expect(refused.problem.violations?.map(({ pointer }) => pointer)).toEqual(pointers);
    expect([service.ledger.audit.length, service.ledger.decisions.size]).toEqual([before, 0]);
  });

  it('sous un numéro mal écrit s’attache quand même, et le journal garde ce qui était écrit', async () => {
    const service = await unreadable();
    const identifiant = '034-213402761-20221020-2022-10-026-DE';
    expect(await decide(service, { contenu: { ...ACCUSE, identifiant } })).toMatchObject({ ok: true });
    await settle(service, BASILE);
    expect(service.ledger.audit.at(-1)).toMatchObject({
      evenement: 'ar-received',
      preuve: { identifiantLu: identifiant },
    });
  });
});

describe('ce qu’une personne seule décide', () => {
  it('une anomalie refuse l’acte, sous la raison que son code explique', async () => {
    const service = await unreadable();
    const contenu: ContenuLu = { nature: 'anomalie', code: '7', detail: 'Fichier illisible' };
    expect(await decide(service, { contenu })).toMatchObject({
      ok: true,
      value: { state: 'applied', cloture: null },
    });
    expect(service.transmission()).toMatchObject({
      state: 'rejected',
      stopReason: { code: 'anomalie/007' },
    });
    expect(service.ledger.audit.at(-1)).toMatchObject({
      evenement: 'anomalie-received',
      motif,
      preuve: { nature: '7', detail: 'Fichier illisible', natureLue: 'anomalie' },
    });
    expect(await decide(service, { contenu })).toMatchObject({ ok: true, value: { state: 'applied' } });
    expect(
      service.ledger.eventsOf(service.transmission().id).filter((e) => e === 'anomalie-received'),
    ).toHaveLength(1);
  });

  it('une lettre s’ouvre sur son acte ; son délai court du jour où elle est arrivée, et son document est le retour', async () => {
    const service = await unreadable();
    service.clock.advance(10 * 86_400_000);
    const contenu: ContenuLu = {
      nature: 'lettre',
      flux: '3-1',
      dateCourrier: jour('2022-11-01'),
      texte: 'Le plan manque.',
    };
    expect(await decide(service, { contenu })).toMatchObject({ ok: true });
    const [lettre] = service.ledger.correspondances.values();
    expect(lettre).toMatchObject({ flux: '3-1', echeance: '2023-01-02', documents: [{ nomFichier: NOM }] });
    const accuses = [...service.ledger.transmissions.values()].filter(({ flux }) => flux === '3-2');
    expect(accuses).toHaveLength(1);
    expect(service.ledger.audit).toContainEqual(
      expect.objectContaining({
        evenement: 'courrier-received',
        acteur: { kind: 'compte', id: ANNE.id, nom: 'Anne' },
      }),
    );
  });

  it('un déféré illisible alerte aussitôt', async () => {
    const service = await unreadable();
    const contenu: ContenuLu = {
      nature: 'lettre',
      flux: '5-1',
      dateCourrier: jour('2022-11-01'),
      texte: null,
    };
    expect(await decide(service, { contenu })).toMatchObject({ ok: true });
    const [lettre] = service.ledger.correspondances.values();
    expect(service.alertes.opened.map(({ genre, sujetId }) => [genre, sujetId])).toContainEqual([
      'defere',
      lettre?.id,
    ]);
  });

  it('les mêmes octets ne font pas deux fois la même lettre', async () => {
    const service = await unreadable();
    const contenu: ContenuLu = {
      nature: 'lettre',
      flux: '2-1',
      dateCourrier: jour('2022-11-01'),
      texte: null,
    };
    await decide(service, { contenu });
    await service.receive('m2', `bis-${NOM}`, Buffer.from('AR du 2 novembre 2022'));
    expect(await decide(service, { contenu })).toMatchObject({ problem: { code: 'decision/lettre-known' } });
    expect(service.retourStates()).toEqual(['applied', 'unreadable']);
  });
});

describe('l’acte désigné', () => {
  it('l’accusé d’une annulation la clôt, et l’acte avec elle', async () => {
    const service = new InMemoryService();
    await retourScene.cancelling(service);
    await service.receive('m1', NOM, Buffer.from('annulation accusée'));
    expect(await decide(service)).toMatchObject({
      problem: { detail: expect.stringContaining('accuse-annulation') as unknown },
    });
    await decide(service, { contenu: { ...ACCUSE, nature: 'accuse-annulation' } });
    expect(await settle(service, BASILE)).toMatchObject({ ok: true });
    expect([service.transmission(0).state, service.transmission(1).state]).toEqual([
      'cancelled',
      'acknowledged',
    ]);
  });

  it('l’anomalie d’une annulation en cours rend l’acte à son accusé', async () => {
    const service = new InMemoryService();
    await retourScene.cancelling(service);
    await service.receive('m1', NOM, Buffer.from('annulation refusée'));
    await decide(service, { contenu: { nature: 'anomalie', code: '999', detail: 'Refusée' } });
    expect([service.transmission(0).state, service.transmission(1).state]).toEqual([
      'acknowledged',
      'rejected',
    ]);
  });

  it('l’accusé d’une réponse se désigne par la lettre, et la clôt', async () => {
    const service = new InMemoryService();
    await retourScene.acknowledged(service);
    await service.receive('l', NOM, await aLettre('3-1', { dateCourrier: '2022-11-02' }));
    const [lettre] = service.ledger.correspondances.values();
    if (!lettre) throw new Error('lettre absente');
    const target = { kind: 'correspondance', id: lettre.id } as const;
    await service.receive('m1', NOM, Buffer.from('réponse accusée'));
    expect(await decide(service, { target })).toMatchObject({
      problem: { detail: expect.stringContaining('Aucune réponse') as unknown },
    });
    await service.answer.execute({
      compte: aCompte({ collectiviteId: aCollectivite().id }),
      correspondanceId: lettre.id,
      dossier: { flux: '3-4', documents: [{ fichier: 'plan.pdf', typePiece: '99_DE' }] },
      fichiers: [{ ...aStoredFile('plan.pdf'), ...service.documents.keep(aPdf('plan')) }],
    });
    await service.runJobs();
    expect(await decide(service, { target })).toMatchObject({ ok: true });
    expect(await settle(service, BASILE)).toMatchObject({ ok: true });
    expect(service.ledger.correspondances.get(lettre.id)?.state).toBe('answered');
  });

  it('d’une autre collectivité ou inconnu, n’existe pas ; un rôle qui ne le permet pas le dit d’abord', async () => {
    const service = await unreadable();
    const voisine = 'c0000000-0000-7000-8000-0000000000ff' as CollectiviteId;
    expect(await decide(service, { target: { kind: 'transmission', id: 'rien' } })).toMatchObject({
      problem: { code: 'transmission/unknown' },
    });
    expect(await decide(service, { compte: { ...ANNE, role: 'auditeur' } })).toMatchObject({
      problem: { code: 'compte/forbidden' },
    });
    // Personne n'a dit de qui ce retour parle : seule la plateforme le voit.
    for (const collectiviteId of [voisine, aCollectivite().id])
      expect(await decide(service, { compte: { ...ANNE, collectiviteId } })).toMatchObject({
        problem: { code: 'retour/unknown' },
      });
    await decide(service);
    expect(await settle(service, { ...BASILE, collectiviteId: voisine })).toMatchObject({
      problem: { code: 'decision/unknown' },
    });
    // La commune de l'acte voit la décision, et ne la clôt pas : elle ne peut pas lire le retour.
    const commune = { ...BASILE, collectiviteId: aCollectivite().id };
    const [decision] = service.ledger.decisions.values();
    expect(await service.settle.consult(commune, decision?.id ?? '')).toMatchObject({ ok: true });
    expect(await settle(service, commune)).toMatchObject({ problem: { code: 'retour/unknown' } });
    expect(await settle(service, { ...BASILE, role: 'deposant' })).toMatchObject({
      problem: { code: 'compte/forbidden' },
    });
  });

  it('d’un retour qui dit sa commune, n’est jamais celui d’une autre', async () => {
    const service = new InMemoryService();
    await retourScene.awaiting(service);
    await service.receive('m', NOM, await anAccuse({ dateReception: '2023-11-02' }));
    const retour = lastRetour(service);
    const settled = service.ledger.settlements.get(retour);
    if (!settled) throw new Error('retour non jugé');
    service.ledger.settlements.set(retour, {
      ...settled,
      collectiviteId: 'c0000000-0000-7000-8000-0000000000ff' as CollectiviteId,
    });
    const refused = await decide(service);
    expect(refused).toMatchObject({
      problem: { violations: [{ pointer: '/deliberation', code: 'decision/other-collectivite' }] },
    });
  });
});
