import {
  aClassification,
  aCompte,
  aCollectivite,
  aLettre,
  aPdf,
  aStoredFile,
  anAccuse,
  anAccuseReponse,
  anAnomalie,
  anAnomalieEnveloppe,
  InMemoryService,
} from '@teletransmission/testkit';

const NOM = 'TACT--SPREF0343-213402761-20221102-57.tar.gz';
const AUTRE_SIREN = '213400518';

async function awaiting(...numeros: readonly string[]): Promise<InMemoryService> {
  const service = new InMemoryService();
  for (const numeroInterne of numeros.length > 0 ? numeros : ['2022-10-062'])
    expect((await service.depositReference({ numeroInterne })).ok).toBe(true);
  await service.runJobs();
  return service;
}

/** L'état de chaque retour, et celui de chaque acte. */
const outcome = (service: InMemoryService): readonly [readonly string[], readonly string[]] => [
  service.retourStates(),
  [...service.ledger.transmissions.values()].map(({ state }) => state),
];

const detailOf = async (service: InMemoryService): Promise<string> => {
  const retour = [...service.ledger.retours.values()].at(-1);
  return (retour && (await service.tray.find(retour.id))?.detail) ?? '';
};

describe('une anomalie se rattache par ce qu’elle dit de l’acte', () => {
  it('émise par une préfecture d’un autre département', async () => {
    const service = await awaiting();
    await service.receive(
      'm',
      NOM,
      await anAnomalie('007', 'illisible', '2019-08-29', { departement: '030' }),
    );
    expect(outcome(service)).toEqual([['applied'], ['rejected']]);
    expect(await detailOf(service)).toContain('Rattaché à 034-213402761-20221020-2022-10-062-DE par ce que');
  });

  it.each(['2022_10_062', '202210062', '2022 10 062'])('sous un numéro écrit « %s »', async (numero) => {
    const service = await awaiting();
    const remplace = ['NumeroInterne="2022-10-062"', `NumeroInterne="${numero}"`] as const;
    await service.receive('m', NOM, await anAnomalie('007', 'illisible', '2019-08-29', { remplace }));
    expect(outcome(service)).toEqual([['applied'], ['rejected']]);
  });

  it('sans enveloppe : le SIREN est celui de son nom de fichier', async () => {
    const service = await awaiting();
    const bytes = await anAnomalie('007', 'illisible', '2019-08-29', { sansEnveloppe: true });
    await service.receive('m', NOM, bytes);
    expect(outcome(service)).toEqual([['applied'], ['rejected']]);
  });

  it.each([
    ['l’enveloppe est d’une autre commune', { destinataire: AUTRE_SIREN }],
    ['le nom du fichier est d’une autre commune', { nomMessage: `034-${AUTRE_SIREN}----1-3_12.xml` }],
    [
      'rien ne dit de quelle commune',
      { sansEnveloppe: true, nomMessage: 'anomalie.xml', acte: { document: { nomFichier: 'acte.pdf' } } },
    ],
  ])('jamais à l’acte d’une autre commune : %s', async (_, emballage) => {
    const service = await awaiting();
    await service.receive('m', NOM, await anAnomalie('007', 'illisible', '2019-08-29', emballage));
    expect(outcome(service)).toEqual([['unmatched'], ['awaiting-ack']]);
  });

  it.each([
    ['un autre jour', { dateDecision: '2022-10-21' as never }],
    ['une autre nature', { codeNature: 2 as const }],
    ['un autre numéro', { numeroInterne: '2022-10-063' as never }],
  ])('jamais à un acte qu’elle ne dit pas : %s', async (_, acte) => {
    const service = await awaiting();
    await service.receive('m', NOM, await anAnomalie('007', 'illisible', '2019-08-29', { acte }));
    expect(outcome(service)).toEqual([['unmatched'], ['awaiting-ack']]);
  });

  it('de deux actes au numéro presque semblable, celui écrit de même', async () => {
    const service = await awaiting('2022-10-062', '202210062');
    const acte = { numeroInterne: '202210062' as never };
    await service.receive(
      'm',
      NOM,
      await anAnomalie('007', 'illisible', '2019-08-29', { acte, departement: '030' }),
    );
    expect(outcome(service)).toEqual([['applied'], ['awaiting-ack', 'rejected']]);
  });

  it('plusieurs restent possibles : au bac, qui les nomme', async () => {
    const service = await awaiting('2022-10-062', '2022-1006-2');
    const acte = { numeroInterne: '202210062' as never };
    await service.receive('m', NOM, await anAnomalie('007', 'illisible', '2019-08-29', { acte }));
    expect(outcome(service)).toEqual([['unmatched'], ['awaiting-ack', 'awaiting-ack']]);
    expect(await detailOf(service)).toContain(
      '034-213402761-20221020-2022-10-062-DE ou de 034-213402761-20221020-2022-1006-2-DE',
    );
  });

  it('plusieurs restent possibles sous l’émetteur d’un autre département : au bac aussi, d’où une personne choisit', async () => {
    const service = await awaiting('2022-10-062', '2022-1006-2');
    const acte = { numeroInterne: '202210062' as never };
    const octets = await anAnomalie('007', 'illisible', '2019-08-29', { acte, departement: '030' });
    await service.receive('m', NOM, octets);
    expect(outcome(service)).toEqual([['unmatched'], ['awaiting-ack', 'awaiting-ack']]);
    const [retour] = service.ledger.retours.values();
    const second = service.transmission(1).id;
    const attached = await service.handle.execute({
      compte: aCompte({ role: 'operateur' }),
      id: retour?.id ?? '',
      handling: { kind: 'rattacher', transmissionId: second },
      motif: 'c’est le second',
    });
    expect(attached.ok).toBe(true);
    await service.runJobs();
    expect(outcome(service)).toEqual([['applied'], ['awaiting-ack', 'rejected']]);
  });

  it.each([
    ['2A', 'un département de deux caractères'],
    ['999', 'un département qui n’existe pas'],
    ['', 'aucun département'],
  ])('l’émetteur dit « %s » : %s ne l’empêche pas', async (departement) => {
    const service = await awaiting();
    const remplaceEnveloppe = [/Departement="034"/, `Departement="${departement}"`] as const;
    const octets = await anAnomalie('007', 'illisible', '2019-08-29', { remplaceEnveloppe });
    await service.receive('m', NOM, octets);
    expect(outcome(service)).toEqual([['applied'], ['rejected']]);
    expect(await detailOf(service)).toContain('Rattaché à 034-213402761-20221020-2022-10-062-DE');
  });

  it('d’un acte retiré puis redéposé sous le même numéro, c’est le vivant', async () => {
    const service = await awaiting();
    await service.receive('m1', NOM, await anAnomalie());
    const compte = aCompte({ role: 'operateur' });
    const { id: transmissionId } = service.transmission();
    await service.steer.execute({ compte, transmissionId, steering: 'withdrawn', motif: 'erreur' });
    await service.depositReference({ objet: 'Objet corrigé' });
    await service.runJobs();
    const octets = await anAnomalie('006', 'Fichier manquant', '2019-08-29', { departement: '030' });
    await service.receive('m2', NOM, octets);
    expect(outcome(service)).toEqual([
      ['applied', 'applied'],
      ['withdrawn', 'rejected'],
    ]);
  });

  it('plusieurs possibles : celui qui attend une réponse, puis le département dit', async () => {
    const service = await awaiting('2022-10-062', '2022-1006-2');
    await service.receive('ar', NOM, await anAccuse());
    const acte = { numeroInterne: '202210062' as never };
    await service.receive('m', NOM, await anAnomalie('007', 'illisible', '2019-08-29', { acte }));
    expect(outcome(service)).toEqual([
      ['applied', 'applied'],
      ['acknowledged', 'rejected'],
    ]);
  });
});

describe('un accusé se rattache par ce qu’il dit de l’acte', () => {
  it.each([
    ['des tirets devenus soulignés', '034-213402761-20221020-2022_10_062-DE'],
    ['un autre département', '030-213402761-20221020-2022-10-062-DE'],
  ])('%s, avec une remarque', async (_, identifiantActe) => {
    const service = await awaiting();
    await service.receive('m', NOM, await anAccuse({ identifiantActe }));
    expect(outcome(service)).toEqual([['applied'], ['acknowledged']]);
  });

  it.each([
    ['un département sur deux chiffres', '34-213402761-20221020-2022-10-062-DE'],
    ['des espaces', '034-213402761-20221020-2022 10 062-DE'],
  ])('%s', async (_, ecrit) => {
    const service = await awaiting();
    const remplace = ['034-213402761-20221020-2022-10-062-DE"', `${ecrit}"`] as const;
    await service.receive('m', NOM, await anAccuse({}, { remplace }));
    expect(outcome(service)).toEqual([['applied'], ['acknowledged']]);
  });

  it('des minuscules', async () => {
    const service = await awaiting('2022-10-A62');
    await service.receive(
      'm',
      NOM,
      await anAccuse({ identifiantActe: '034-213402761-20221020-2022-10-a62-DE' }),
    );
    expect(outcome(service)).toEqual([['applied'], ['acknowledged']]);
  });

  it('sous un identifiant qui ne se lit pas : par l’acte qu’il redit', async () => {
    const service = await awaiting();
    await service.receive(
      'm',
      NOM,
      await anAccuse(
        {},
        { nomMessage: 'ar.xml', remplace: ['034-213402761-20221020-2022-10-062-DE"', 'sans nom"'] },
      ),
    );
    expect(outcome(service)).toEqual([['applied'], ['acknowledged']]);
  });

  it.each([`034-${AUTRE_SIREN}-20221020-2022-10-062-DE`, '034-213402761-20221021-2022-10-062-DE'])(
    'jamais à l’acte d’une autre commune ou d’un autre jour : %s',
    async (identifiantActe) => {
      const service = await awaiting();
      await service.receive('m', NOM, await anAccuse({ identifiantActe }));
      expect(outcome(service)).toEqual([['unmatched'], ['awaiting-ack']]);
    },
  );
});

describe('une nomenclature se rattache à sa collectivité', () => {
  it('par le nom de son fichier quand elle vient sans enveloppe ; jamais quand les deux se contredisent', async () => {
    const service = new InMemoryService();
    await service.receive(
      'm1',
      NOM,
      await aClassification('7-2', '2022-10-15', [8], { sansEnveloppe: true }),
    );
    await service.receive(
      'm2',
      NOM,
      await aClassification('7-2', '2022-10-16', [8], { destinataire: AUTRE_SIREN }),
    );
    expect(service.retourStates()).toEqual(['applied', 'unmatched']);
  });
});

describe('l’accusé d’une réponse', () => {
  const compte = aCompte({ collectiviteId: aCollectivite().id });

  /** Un acte acquitté, une lettre par jour donné, et une réponse partie à chacune. */
  async function answered(...jours: readonly string[]): Promise<InMemoryService> {
    const service = await awaiting();
    await service.receive('ar', NOM, await anAccuse());
    for (const [rang, dateCourrier] of jours.entries()) {
      await service.receive(`l${rang}`, NOM, await aLettre('3-1', { dateCourrier, texte: `Pièce ${rang}` }));
      const lettre = [...service.ledger.correspondances.values()].at(-1);
      if (!lettre) throw new Error('lettre absente');
      const reponse = await service.answer.execute({
        compte,
        correspondanceId: lettre.id,
        dossier: { flux: '3-4', documents: [{ fichier: 'plan.pdf', typePiece: '99_DE' }] },
        fichiers: [{ ...aStoredFile('plan.pdf'), ...service.documents.keep(aPdf(`plan ${rang}`)) }],
      });
      expect(reponse.ok).toBe(true);
      await service.runJobs();
    }
    return service;
  }

  const reponses = (service: InMemoryService): readonly string[] =>
    [...service.ledger.transmissions.values()].filter(({ flux }) => flux === '3-4').map(({ state }) => state);

  it('reçu deux fois est un doublon', async () => {
    const service = await answered('2022-11-10');
    await service.receive('r1', NOM, await anAccuseReponse('3-5'));
    const before = service.retourStates().length;
    await service.receive('r2', `bis-${NOM}`, await anAccuseReponse('3-5', '2022-11-10', '2022-11-02', 304));
    expect(service.retourStates().slice(before)).toEqual(['duplicate']);
    expect(reponses(service)).toEqual(['acknowledged']);
  });

  it('d’une autre date, une fois la réponse accusée, attend une personne', async () => {
    const service = await answered('2022-11-10');
    await service.receive('r1', NOM, await anAccuseReponse('3-5'));
    await service.receive('r2', NOM, await anAccuseReponse('3-5', '2022-11-10', '2022-11-01'));
    expect(service.retourStates().at(-1)).toBe('contradictory');
  });

  it('de deux réponses à des lettres du même jour, clôt la plus ancienne, puis l’autre', async () => {
    const service = await answered('2022-11-10', '2022-11-10');
    await service.receive('r1', NOM, await anAccuseReponse('3-5'));
    expect(reponses(service)).toEqual(['acknowledged', 'awaiting-ack']);
    await service.receive('r2', NOM, await anAccuseReponse('3-5', '2022-11-10', '2022-11-02', 304));
    expect(reponses(service)).toEqual(['acknowledged', 'acknowledged']);
  });

  it('après l’anomalie de la réponse, l’emporte, et clôt la lettre', async () => {
    const service = await answered('2022-11-10');
    const [reponse] = [...service.ledger.transmissions.values()].filter(({ flux }) => flux === '3-4');
    const enveloppe = reponse?.enveloppeId && service.ledger.enveloppes.get(reponse.enveloppeId);
    const nom = (enveloppe?.archive?.nom ?? '').replace(/^TLT-/, 'ANO_').replace('.tar.gz', '.xml');
    await service.receive('ano', nom, anAnomalieEnveloppe('002', 'Virus'));
    expect(reponses(service)).toEqual(['rejected']);
    await service.receive('r1', NOM, await anAccuseReponse('3-5'));
    expect(reponses(service)).toEqual(['acknowledged']);
    expect([...service.ledger.correspondances.values()].map(({ state }) => state)).toEqual(['answered']);
  });

  it('d’une lettre jamais reçue ici, n’est pas rattaché', async () => {
    const service = await answered('2022-11-10');
    await service.receive('r1', NOM, await anAccuseReponse('3-5', '2022-11-09'));
    expect(service.retourStates().at(-1)).toBe('unmatched');
  });
});
