import { anArchive } from '../../test/an-archive';
import { RunningSimulator } from '../../test/running-simulator';

let simulateur: RunningSimulator;
beforeEach(async () => {
  simulateur = await RunningSimulator.start({ delaiMs: 1500 });
});
afterEach(() => simulateur.stopAndForget());

const NUMERO = '2026_014';

describe('sans consigne', () => {
  it('accuse réception une fois le délai passé, et pas avant', async () => {
    await simulateur.depose(await anArchive());
    expect(await simulateur.retours()).toEqual([]);
    simulateur.clock.advance(1499);
    expect(await simulateur.retours()).toEqual([]);
    simulateur.clock.advance(1);
    expect(await simulateur.retours()).toMatchObject([{ type: 'application/gzip' }]);
  });

  it('tient l’échéance d’un retour à travers un redémarrage', async () => {
    await simulateur.depose(await anArchive());
    await simulateur.judged();
    await simulateur.restart();
    expect(await simulateur.retours()).toEqual([]);
    simulateur.clock.advance(1500);
    expect(await simulateur.retours()).toHaveLength(1);
  });
});

describe('les réponses', () => {
  it('« anomalie » rejette un acte valide avec la nature et le détail demandés', async () => {
    const anomalie = { nature: '007', detail: 'PREF-VERIF-42 : document < illisible & verrouillé' };
    expect(
      await simulateur.pilote('PUT', `scenarios/${NUMERO}`, { scenario: 'anomalie', delaiMs: 0, anomalie }),
    ).toBe(204);
    await simulateur.depose(await anArchive());
    const [retour] = await simulateur.retours();
    const [, message] = retour ? await simulateur.fichiers(retour) : [];
    expect(message?.texte).toContain('<actes:Nature>007</actes:Nature>');
    expect(message?.texte).toContain('PREF-VERIF-42 : document &lt; illisible &amp; verrouillé');
  });

  it('« anomalie » sans détail donne celui de la nature', async () => {
    const consigne = { scenario: 'anomalie', delaiMs: 0, anomalie: { nature: '002' } };
    await simulateur.pilote('PUT', `scenarios/${NUMERO}`, consigne);
    await simulateur.depose(await anArchive());
    const [retour] = await simulateur.retours();
    const [, message] = retour ? await simulateur.fichiers(retour) : [];
    expect(message?.texte).toContain('<actes:Detail>ODT-VERIF-01 : ');
  });

  it('« anomalie-enveloppe » rejette l’archive entière', async () => {
    const anomalie = { nature: '005', detail: 'PREF-VERIF-02 : collectivité inconnue' };
    await simulateur.pilote('PUT', `scenarios/${NUMERO}`, {
      scenario: 'anomalie-enveloppe',
      delaiMs: 0,
      anomalie,
    });
    const archive = await anArchive();
    await simulateur.depose(archive);
    const [retour] = await simulateur.retours();
    expect(retour).toMatchObject({ nom: 'ANO_TACT--213499908--20261124-1.xml', type: 'application/xml' });
    const [fichier] = retour ? await simulateur.fichiers(retour) : [];
    expect(fichier?.texte).toContain(`${archive.nom} -&gt; PREF-VERIF-02`);
  });

  it('« silence » ne répond jamais, et l’acte reste transmissible', async () => {
    await simulateur.pilote('PUT', `scenarios/${NUMERO}`, { scenario: 'silence' });
    await simulateur.depose(await anArchive());
    simulateur.clock.advance(400 * 86_400_000);
    expect(await simulateur.retours()).toEqual([]);
    expect((await simulateur.registre()).archives[0]?.actes[0]?.verdict).toBe('silence');
    await simulateur.pilote('DELETE', `scenarios/${NUMERO}`);
    await simulateur.depose(await anArchive({ numeroEnveloppe: 2 }));
    simulateur.clock.advance(1500);
    expect(await simulateur.retours()).toHaveLength(1);
  });

  it('« retard » retient l’accusé le temps demandé', async () => {
    await simulateur.pilote('PUT', `scenarios/${NUMERO}`, { scenario: 'retard', delaiMs: 86_400_000 });
    await simulateur.depose(await anArchive());
    simulateur.clock.advance(86_399_999);
    expect(await simulateur.retours()).toEqual([]);
    simulateur.clock.advance(1);
    expect(await simulateur.retours()).toHaveLength(1);
  });

  it('« double » accuse deux fois le même acte, sous deux noms', async () => {
    await simulateur.pilote('PUT', `scenarios/${NUMERO}`, { scenario: 'double', delaiMs: 0 });
    await simulateur.depose(await anArchive());
    const retours = await simulateur.retours();
    const [un = [], deux = []] = await Promise.all(retours.map((retour) => simulateur.fichiers(retour)));
    expect(retours).toHaveLength(2);
    expect(un[1]?.texte).toBe(deux[1]?.texte);
    expect(un[1]?.nom).not.toBe(deux[1]?.nom);
    expect(un[0]?.nom).not.toBe(deux[0]?.nom);
    expect(new Set(retours.map(({ empreinte }) => empreinte)).size).toBe(2);
  });

  it('les règles priment : « accepter » n’absout pas un acte fautif', async () => {
    await simulateur.pilote('PUT', `scenarios/${NUMERO}`, { scenario: 'accepter' });
    await simulateur.depose(await anArchive({ dateDecision: '2027-01-01' }));
    await simulateur.judged();
    expect((await simulateur.registre()).archives[0]?.actes[0]?.anomalie?.regle).toBe('date-decision');
  });
});

describe('les pannes du dépôt', () => {
  it.each([
    ['erreur-avant', 503, 503],
    ['coupure-avant', 'coupure', 0],
  ])('« %s » ne prend rien, autant de fois qu’on présente', async (scenario, reponse, notee) => {
    const archive = await anArchive();
    await simulateur.pilote('PUT', `scenarios/${NUMERO}`, { scenario });
    expect(await simulateur.depose(archive)).toBe(reponse);
    expect(await simulateur.depose(archive)).toBe(reponse);
    expect((await simulateur.fetch(`/actes/archives/${archive.nom}`)).status).toBe(404);
    const { archives, refus } = await simulateur.registre();
    expect(archives).toEqual([]);
    expect(refus).toMatchObject([
      { nom: archive.nom, motif: scenario, reponse: notee },
      { nom: archive.nom, motif: scenario, reponse: notee },
    ]);
    await simulateur.pilote('DELETE', `scenarios/${NUMERO}`);
    expect(await simulateur.depose(archive)).toBe(201);
  });

  it.each(['erreur-avant', 'coupure-avant'])(
    '« %s » se compte : passé « fois », l’archive est prise',
    async (scenario) => {
      const archive = await anArchive();
      await simulateur.pilote('PUT', `scenarios/${encodeURIComponent(archive.nom)}`, { scenario, fois: 2 });
      expect(await simulateur.depose(archive)).not.toBe(201);
      await simulateur.restart();
      expect(await simulateur.depose(archive)).not.toBe(201);
      expect(await simulateur.depose(archive)).toBe(201);
    },
  );

  it.each([
    ['erreur-apres', 500, 500],
    ['coupure-apres', 'coupure', 0],
  ])(
    '« %s » a pris l’archive : la représenter n’en fait pas une seconde',
    async (scenario, reponse, notee) => {
      const archive = await anArchive();
      await simulateur.pilote('PUT', `scenarios/${archive.identifiantActe}`, { scenario });
      expect(await simulateur.depose(archive)).toBe(reponse);
      expect((await simulateur.fetch(`/actes/archives/${archive.nom}`)).status).toBe(200);
      expect(await simulateur.depose(archive)).toBe(201);
      simulateur.clock.advance(1500);
      expect(await simulateur.retours()).toHaveLength(1);
      expect((await simulateur.registre()).archives).toMatchObject([
        { presentations: 2, reponses: [notee, 201] },
      ]);
    },
  );

  it('« erreur-apres » peut durer plusieurs présentations', async () => {
    const archive = await anArchive();
    await simulateur.pilote('PUT', `scenarios/${archive.nom}`, { scenario: 'erreur-apres', fois: 2 });
    expect(await simulateur.depose(archive)).toBe(500);
    expect(await simulateur.depose(archive)).toBe(500);
    expect(await simulateur.depose(archive)).toBe(201);
  });
});

describe('les clés', () => {
  it('l’identifiant prime sur le numéro, qui prime sur le nom de l’archive, qui prime sur le défaut', async () => {
    const archive = await anArchive();
    const poses: [string, string][] = [
      ['defaut', 'silence'],
      [`scenarios/${archive.nom}`, 'double'],
      [`scenarios/${NUMERO}`, 'anomalie'],
      [`scenarios/${archive.identifiantActe}`, 'accepter'],
    ];
    for (const [chemin, scenario] of poses) await simulateur.pilote('PUT', chemin, { scenario });
    const vus: (string | undefined)[] = [];
    for (const [rang, [chemin]] of [...poses].reverse().entries()) {
      await simulateur.depose(await anArchive({ numeroEnveloppe: rang === 2 ? 1 : 10 + rang }));
      await simulateur.judged();
      vus.push((await simulateur.registre()).archives.at(-1)?.actes[0]?.scenario);
      if (chemin !== 'defaut') await simulateur.pilote('DELETE', chemin);
    }
    expect(vus).toEqual(['accepter', 'anomalie', 'double', 'silence']);
  });

  it('survivent à un redémarrage', async () => {
    await simulateur.pilote('PUT', `scenarios/${NUMERO}`, { scenario: 'erreur-avant' });
    await simulateur.pilote('PUT', 'defaut', { scenario: 'double' });
    await simulateur.restart();
    expect(await simulateur.depose(await anArchive())).toBe(503);
    expect((await simulateur.registre()).defaut).toEqual({ scenario: 'double' });
  });
});

describe('le pilotage', () => {
  it.each([
    ['un scénario inconnu', { scenario: 'vacances' }],
    ['un retard sans délai', { scenario: 'retard' }],
    ['une nature sur deux chiffres', { scenario: 'anomalie', anomalie: { nature: '07' } }],
    [
      'une nature que l’enveloppe ne connaît pas',
      { scenario: 'anomalie-enveloppe', anomalie: { nature: '007' } },
    ],
    ['une anomalie sous « silence »', { scenario: 'silence', anomalie: { nature: '001' } }],
    ['un compte sous « double »', { scenario: 'double', fois: 2 }],
    ['un champ inconnu', { scenario: 'accepter', delai: 3 }],
  ])('refuse %s par 400', async (_quoi, corps) => {
    const init = {
      method: 'PUT',
      body: JSON.stringify(corps),
      headers: { 'content-type': 'application/json' },
    };
    const reponse = await simulateur.fetch('/pilotage/scenarios/X', init);
    expect(reponse.status).toBe(400);
    expect(await reponse.json()).toMatchObject({ code: 'simulateur/malformed-request' });
    expect((await simulateur.registre()).scenarios).toEqual([]);
  });

  it('refuse un hasard dont tous les poids sont nuls', async () => {
    expect(await simulateur.pilote('PUT', 'defaut', { scenario: 'hasard', poids: { accepter: 0 } })).toBe(
      400,
    );
  });
});

describe('le hasard', () => {
  async function play(graine: number): Promise<readonly string[]> {
    const joue = await RunningSimulator.start();
    await joue.pilote('PUT', 'defaut', {
      scenario: 'hasard',
      graine,
      poids: { accepter: 1, silence: 1, double: 1 },
    });
    for (let n = 1; n <= 30; n += 1) {
      await joue.depose(await anArchive({ numeroEnveloppe: n, numeroInterne: `N${n}` }));
    }
    const { archives } = await joue.registre();
    await joue.stopAndForget();
    return archives.map(({ scenario }) => scenario);
  }

  it('rejoue les mêmes scénarios pour la même graine, et d’autres pour une autre', async () => {
    const [un, encore, autre] = [await play(1), await play(1), await play(2)];
    expect(encore).toEqual(un);
    expect(autre).not.toEqual(un);
    expect(new Set(un)).toEqual(new Set(['accepter', 'silence', 'double']));
  });

  it('finit par prendre ce qu’il refuse : chaque présentation est un nouveau tirage', async () => {
    await simulateur.pilote('PUT', 'defaut', {
      scenario: 'hasard',
      poids: { accepter: 1, 'erreur-avant': 3 },
    });
    const archive = await anArchive();
    const reponses: (number | string)[] = [];
    while (reponses.at(-1) !== 201 && reponses.length < 100) reponses.push(await simulateur.depose(archive));
    expect(reponses.at(-1)).toBe(201);
  });
});
