import { readXml } from '@teletransmission/actes';
import {
  aCompte,
  aLettre,
  anAccuse,
  aPdf,
  anAccuseReponse,
  anAnomalieEnveloppe,
  aStoredFile,
  InMemoryService,
} from '@teletransmission/testkit';
import { gunzipSync } from 'node:zlib';
import type { Correspondance } from '../correspondance/correspondance';

const NOM = 'TACT--SPREF0343-213402761-20221102-57.tar.gz';

async function acknowledged(): Promise<InMemoryService> {
  const service = new InMemoryService();
  await service.depositReference();
  await service.runJobs();
  await service.receive('ar', NOM, await anAccuse());
  return service;
}

async function withLettre(flux: '2-1' | '3-1' | '4-1' | '5-1'): Promise<InMemoryService> {
  const service = await acknowledged();
  await service.receive('lettre', NOM, await aLettre(flux));
  return service;
}

function lettreOf(service: InMemoryService): Correspondance {
  const [lettre] = service.ledger.correspondances.values();
  if (!lettre) throw new Error('aucune lettre');
  return lettre;
}

const states = (service: InMemoryService): readonly string[] =>
  [...service.ledger.transmissions.values()].map(({ flux, state }) => `${flux} ${state}`);

function answer(
  service: InMemoryService,
  flux: string,
  noms: readonly string[] = ['reponse.pdf'],
): Promise<unknown> {
  const fichiers = noms.map((nom) => ({
    ...aStoredFile(nom),
    ...service.documents.keep(aPdf(nom)),
  }));
  const documents = noms.map((fichier) => ({ fichier, typePiece: '99_DE' }));
  const correspondanceId = lettreOf(service).id;
  return service.answer.execute({
    compte: aCompte(),
    correspondanceId,
    dossier: { flux, documents },
    fichiers,
  });
}

describe('recevoir une lettre de la préfecture', () => {
  it.each([
    ['3-1', '3-2'],
    ['4-1', '4-2'],
  ] as const)(
    '%s : rattachée à son acte, échéance à deux mois, accusée d’office par %s',
    async (flux, accuse) => {
      const service = await withLettre(flux);
      expect(lettreOf(service)).toMatchObject({
        flux,
        state: 'received',
        dateCourrier: '2022-11-10',
        echeance: '2023-01-02',
        texte: 'Le plan manque.',
      });
      expect(states(service)).toEqual(['1-1 acknowledged', `${accuse} delivered`]);
      expect(service.transmission(0).state).toBe('acknowledged');
    },
  );

  it.each([
    ['2-1', 'received'],
    ['5-1', 'noted'],
  ] as const)('%s : rien n’en est accusé', async (flux, state) => {
    const service = await withLettre(flux);
    expect(lettreOf(service)).toMatchObject({ flux, state, echeance: null });
    expect(states(service)).toEqual(['1-1 acknowledged']);
  });

  it('garde son document tel que reçu', async () => {
    const service = await withLettre('3-1');
    const [document] = lettreOf(service).documents;
    expect(service.documents.bytesOf(document?.empreinte ?? '')).toEqual(aPdf('lettre'));
  });

  it('venue trois fois, n’ouvre qu’une correspondance et n’est accusée qu’une fois', async () => {
    const service = await withLettre('3-1');
    await service.receive('encore', NOM, await aLettre('3-1', { compteur: 305 }));
    await service.receive('toujours', NOM, await aLettre('3-1', { compteur: 306 }));
    expect(service.ledger.correspondances.size).toBe(1);
    expect(states(service)).toEqual(['1-1 acknowledged', '3-2 delivered']);
    expect(service.retourStates()).toEqual(['applied', 'applied', 'duplicate', 'duplicate']);
  });

  it('deux lettres d’un même jour sont deux correspondances', async () => {
    const service = await withLettre('3-1');
    await service.receive('autre', NOM, await aLettre('3-1', { texte: 'Le rapport manque aussi.' }));
    expect(service.ledger.correspondances.size).toBe(2);
  });

  it('sans le document qu’elle annonce, attend dans le bac', async () => {
    const service = await acknowledged();
    await service.receive('lettre', NOM, await aLettre('3-1', { sansDocument: true }));
    expect(service.retourStates()).toEqual(['applied', 'unmatched']);
    expect(service.ledger.correspondances.size).toBe(0);
  });

  it('sur un acte inconnu, attend dans le bac', async () => {
    const service = new InMemoryService();
    await service.receive('lettre', NOM, await aLettre('3-1'));
    expect(service.retourStates()).toEqual(['unmatched']);
  });
});

describe('répondre à une lettre', () => {
  it('recopie la date de la lettre, part sous sa propre enveloppe, et se clôt par son accusé', async () => {
    const service = await withLettre('3-1');
    service.clock.advance(86_400_000);
    expect(await answer(service, '3-4', ['plan.pdf', 'rapport.pdf'])).toMatchObject({
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
    expect(states(service).at(-1)).toBe('3-4 awaiting-ack');
    await service.receive('3-5', NOM, await anAccuseReponse('3-5'));
    expect(lettreOf(service).state).toBe('answered');
    expect(states(service).at(-1)).toBe('3-4 acknowledged');
  });

  it.each([
    ['3-1', '3-3', '3-5'],
    ['4-1', '4-3', '4-5'],
    ['4-1', '4-4', '4-5'],
  ] as const)('%s répondue par %s se clôt par %s', async (lettre, reponse, accuse) => {
    const service = await withLettre(lettre);
    await answer(service, reponse);
    await service.runJobs();
    await service.receive('accuse', NOM, await anAccuseReponse(accuse));
    expect(lettreOf(service).state).toBe('answered');
  });

  it('à un courrier simple se clôt à sa remise : rien n’en est jamais accusé', async () => {
    const service = await withLettre('2-1');
    await answer(service, '2-2');
    await service.runJobs();
    expect(lettreOf(service).state).toBe('answered');
    expect(states(service).at(-1)).toBe('2-2 delivered');
    service.clock.advance(400 * 86_400_000);
    expect((await service.sweep.execute()).overdue).toBe(0);
  });

  it('rejetée avec son enveloppe, rend la lettre à qui doit y répondre', async () => {
    const service = await withLettre('3-1');
    await answer(service, '3-4');
    await service.runJobs();
    const nom = service.prefecture.taken.at(-1)?.nom.replace('TLT-', 'ANO_').replace('.tar.gz', '.xml') ?? '';
    await service.receive('ano', nom, anAnomalieEnveloppe());
    expect(lettreOf(service).state).toBe('received');
    expect(await answer(service, '3-4')).toMatchObject({ ok: true });
  });

  it('deux fois ensemble, ne part qu’une fois', async () => {
    const service = await withLettre('3-1');
    const outcomes = await Promise.all([answer(service, '3-4'), answer(service, '3-3')]);
    expect(outcomes.filter((outcome) => (outcome as { ok: boolean }).ok)).toHaveLength(1);
  });

  it('dit toutes ses fautes ensemble', async () => {
    const service = await withLettre('4-1');
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
    expect(await answer(await withLettre(lettre), reponse)).toMatchObject({ ok: false });
  });
});
