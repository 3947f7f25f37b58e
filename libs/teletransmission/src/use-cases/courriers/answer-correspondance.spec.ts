import { readXml } from '@teletransmission/actes';
import {
  aCompte,
  aLettre,
  aPdf,
  anAccuseReponse,
  anAnomalieEnveloppe,
  aStoredFile,
  InMemoryService,
  acknowledgedService,
  answerLettre,
  fluxStates,
  lettreOf,
  NOM_RETOUR,
  serviceWithLettre,
} from '@teletransmission/testkit';
import { gunzipSync } from 'node:zlib';

describe('recevoir une lettre de la préfecture', () => {
  it.each([
    ['3-1', '3-2'],
    ['4-1', '4-2'],
  ] as const)(
    '%s : rattachée à son acte, échéance à deux mois, accusée d’office par %s',
    async (flux, accuse) => {
      const service = await serviceWithLettre(flux);
      expect(lettreOf(service)).toMatchObject({
        flux,
        state: 'received',
        dateCourrier: '2022-11-10',
        echeance: '2023-01-02',
        texte: 'Le plan manque.',
      });
      expect(fluxStates(service)).toEqual(['1-1 acknowledged', `${accuse} delivered`]);
      expect(service.transmission(0).state).toBe('acknowledged');
    },
  );

  it.each([
    ['2-1', 'received'],
    ['5-1', 'noted'],
  ] as const)('%s : rien n’en est accusé', async (flux, state) => {
    const service = await serviceWithLettre(flux);
    expect(lettreOf(service)).toMatchObject({ flux, state, echeance: null });
    expect(fluxStates(service)).toEqual(['1-1 acknowledged']);
  });

  it('garde son document tel que reçu', async () => {
    const service = await serviceWithLettre('3-1');
    const [document] = lettreOf(service).documents;
    expect(service.documents.bytesOf(document?.empreinte ?? '')).toEqual(aPdf('lettre'));
  });

  it('venue trois fois, n’ouvre qu’une correspondance et n’est accusée qu’une fois', async () => {
    const service = await serviceWithLettre('3-1');
    await service.receive('encore', NOM_RETOUR, await aLettre('3-1', { compteur: 305 }));
    await service.receive('toujours', NOM_RETOUR, await aLettre('3-1', { compteur: 306 }));
    expect(service.ledger.correspondances.size).toBe(1);
    expect(fluxStates(service)).toEqual(['1-1 acknowledged', '3-2 delivered']);
    expect(service.retourStates()).toEqual(['applied', 'applied', 'duplicate', 'duplicate']);
  });

  it('deux lettres d’un même jour sont deux correspondances', async () => {
    const service = await serviceWithLettre('3-1');
    await service.receive('autre', NOM_RETOUR, await aLettre('3-1', { texte: 'Le rapport manque aussi.' }));
    expect(service.ledger.correspondances.size).toBe(2);
  });

  it('sans le document qu’elle annonce, attend dans le bac', async () => {
    const service = await acknowledgedService();
    await service.receive('lettre', NOM_RETOUR, await aLettre('3-1', { sansDocument: true }));
    expect(service.retourStates()).toEqual(['applied', 'unmatched']);
    expect(service.ledger.correspondances.size).toBe(0);
  });

  it('sur un acte inconnu, attend dans le bac', async () => {
    const service = new InMemoryService();
    await service.receive('lettre', NOM_RETOUR, await aLettre('3-1'));
    expect(service.retourStates()).toEqual(['unmatched']);
  });
});

describe('répondre à une lettre', () => {
  it('recopie la date de la lettre, part sous sa propre enveloppe, et se clôt par son accusé', async () => {
    const service = await serviceWithLettre('3-1');
    service.clock.advance(86_400_000);
    expect(await answerLettre(service, '3-4', ['plan.pdf', 'rapport.pdf'])).toMatchObject({
      ok: true,
      value: { state: 'answering' },
    });
    await service.runJobs();
    const sent = gunzipSync(service.prefecture.taken.at(-1)?.bytes ?? Buffer.alloc(0)).toString('latin1');
    const xml = sent.slice(sent.indexOf('<?xml', sent.indexOf('-3-4_0.xml')));
    const lecture = readXml(
      Buffer.from(xml.slice(0, xml.indexOf('</actes:PieceComplementaire>') + 28), 'latin1'),
    );
    expect(lecture).toMatchObject({
      ok: true,
      value: { type: '3-4', message: { dateCourrierPref: '2022-11-10' } },
    });
    expect(fluxStates(service).at(-1)).toBe('3-4 awaiting-ack');
    await service.receive('3-5', NOM_RETOUR, await anAccuseReponse('3-5'));
    expect(lettreOf(service).state).toBe('answered');
    expect(fluxStates(service).at(-1)).toBe('3-4 acknowledged');
  });

  it.each([
    ['3-1', '3-3', '3-5'],
    ['4-1', '4-3', '4-5'],
    ['4-1', '4-4', '4-5'],
  ] as const)('%s répondue par %s se clôt par %s', async (lettre, reponse, accuse) => {
    const service = await serviceWithLettre(lettre);
    await answerLettre(service, reponse);
    await service.runJobs();
    await service.receive('accuse', NOM_RETOUR, await anAccuseReponse(accuse));
    expect(lettreOf(service).state).toBe('answered');
  });

  it('à un courrier simple se clôt à sa remise : rien n’en est jamais accusé', async () => {
    const service = await serviceWithLettre('2-1');
    await answerLettre(service, '2-2');
    await service.runJobs();
    expect(lettreOf(service).state).toBe('answered');
    expect(fluxStates(service).at(-1)).toBe('2-2 delivered');
    service.clock.advance(400 * 86_400_000);
    expect((await service.sweep.execute()).overdue).toBe(0);
  });

  it('rejetée avec son enveloppe, rend la lettre à qui doit y répondre', async () => {
    const service = await serviceWithLettre('3-1');
    await answerLettre(service, '3-4');
    await service.runJobs();
    const nom = service.prefecture.taken.at(-1)?.nom.replace('TLT-', 'ANO_').replace('.tar.gz', '.xml') ?? '';
    await service.receive('ano', nom, anAnomalieEnveloppe());
    expect(lettreOf(service).state).toBe('received');
    expect(await answerLettre(service, '3-4')).toMatchObject({ ok: true });
  });

  it('deux fois ensemble, ne part qu’une fois', async () => {
    const service = await serviceWithLettre('3-1');
    const outcomes = await Promise.all([answerLettre(service, '3-4'), answerLettre(service, '3-3')]);
    expect(outcomes.filter((outcome) => (outcome as { ok: boolean }).ok)).toHaveLength(1);
  });

  it('dit toutes ses fautes ensemble', async () => {
    const service = await serviceWithLettre('4-1');
    const fichiers = ['a.pdf', 'b.pdf', 'c.pdf'].map((nom) => ({
      ...aStoredFile(nom),
      ...service.documents.keep(aPdf(nom)),
    }));
    const documents = [
      { fichier: 'a.pdf', typePiece: '11_AE' },
      { fichier: 'b.pdf', typePiece: '99_DE' },
    ];
    const dossier = { flux: '4-4', documents, remarque: 'en trop' };
    const refused = await service.answer.execute({
      compte: aCompte(),
      correspondanceId: lettreOf(service).id,
      dossier,
      fichiers,
    });
    expect(refused).toMatchObject({ ok: false, problem: { code: 'correspondance/invalid-answer' } });
    const pointers = refused.ok ? [] : (refused.problem.violations ?? []).map(({ pointer }) => pointer);
    expect(pointers).toEqual(['/remarque', '/documents/0/typePiece', '', '/documents']);
  });

  it.each([
    ['2-1', '3-4'],
    ['3-1', '4-4'],
    ['5-1', '2-2'],
  ] as const)('à %s, refuse %s', async (lettre, reponse) => {
    expect(await answerLettre(await serviceWithLettre(lettre), reponse)).toMatchObject({ ok: false });
  });
});
