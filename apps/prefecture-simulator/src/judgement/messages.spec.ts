import { aMessage, ACTE } from '../../test/a-message';
import type { Message } from '../../test/a-message';
import { anArchive } from '../../test/an-archive';
import { edit, firstNamed } from '../../test/rejets';
import { RunningSimulator } from '../../test/running-simulator';
import { messageRules } from './message-rules';

let simulateur: RunningSimulator;
beforeEach(async () => {
  simulateur = await RunningSimulator.start();
  await simulateur.depose(await anArchive());
  await simulateur.releve();
});
afterEach(() => simulateur.stopAndForget());

const write = (flux: string): Promise<unknown> =>
  simulateur.ordonne('POST', 'courriers', { identifiantActe: ACTE, flux, dateCourrierPref: '2026-11-24' });

interface Rejet {
  readonly quoi: string;
  readonly message: Message;
  readonly nature: string;
  readonly detail?: RegExp;
}

const rename =
  (motif: RegExp, nom: string) =>
  (fichiers: Map<string, Buffer>): void => {
    const ancien = firstNamed(fichiers, motif);
    fichiers.set(nom, fichiers.get(ancien) ?? Buffer.alloc(0));
    fichiers.delete(ancien);
  };

const rejets: Readonly<Record<string, readonly Rejet[]>> = {
  'pieces-presentes': [
    {
      quoi: 'sans sa pièce',
      message: { flux: '3-4', editFichiers: (f) => f.delete(firstNamed(f, /_1\.pdf$/)) },
      nature: '001',
      detail: /introuvable/,
    },
    {
      quoi: 'avec un fichier en trop',
      message: { flux: '6-1', editFichiers: (f) => f.set('notes.txt', Buffer.from('x')) },
      nature: '001',
      detail: /notes\.txt/,
    },
  ],
  'reponse-valide': [
    { quoi: 'sans document', message: { flux: '3-3', documents: 0 }, nature: '004', detail: /Document/ },
    {
      quoi: 'sans date de courrier',
      message: { flux: '4-2', editMessage: edit(/ actes:DateCourrierPref="[^"]*"/, '') },
      nature: '004',
    },
    {
      quoi: 'dont la racine est celle d’un autre flux',
      message: { flux: '4-3', editMessage: (x) => x.replaceAll('RejetLettre', 'ReponseLettre') },
      nature: '005',
    },
    { quoi: 'à deux documents', message: { flux: '2-2', documents: 2 }, nature: '005' },
    { quoi: 'mal formée', message: { flux: '6-1', editMessage: () => '<a' }, nature: '005' },
  ],
  'acte-connu': [
    {
      quoi: 'sur un acte jamais accusé',
      message: { flux: '6-1', identifiantActe: '034-213499908-20261120-AUTRE-DE' },
      nature: '999',
      detail: /^ODT-VERIF-17 : .*AUTRE/,
    },
    {
      quoi: "sur l'acte d'une autre collectivité",
      message: {
        flux: '6-1',
        siren: '213499916',
        nomFormulaire: '034-213499916-20261120-2026_014-DE-6-1_0.xml',
      },
      nature: '999',
      detail: /213499916/,
    },
  ],
  'nom-du-message': [
    {
      quoi: "dont le nom dit un autre numéro que l'identifiant",
      message: { flux: '6-1', nomFormulaire: '034-213499908-20261120-2026_015-DE-6-1_0.xml' },
      nature: '999',
    },
  ],
  'courrier-connu': [
    {
      quoi: 'à une autre date que celle du courrier',
      message: { flux: '3-4', dateCourrierPref: '2026-11-23' },
      nature: '999',
      detail: /3-1 du 2026-11-23/,
    },
    {
      quoi: "à une lettre d'observations qui n'a pas été écrite",
      message: { flux: '4-4' },
      nature: '999',
      detail: /4-1/,
    },
  ],
  'acte-deja-annule': [],
  'pieces-lisibles': [
    { quoi: 'sans typologie', message: { flux: '3-4', typePiece: '' }, nature: '002', detail: /absente/ },
    {
      quoi: "sous la typologie d'une autre nature",
      message: { flux: '3-4', typePiece: '99_AI' },
      nature: '002',
    },
    {
      quoi: 'dont la pièce dément son extension',
      message: { flux: '3-4', editFichiers: (f) => f.set(firstNamed(f, /_1\.pdf$/), Buffer.from('PK')) },
      nature: '002',
    },
    {
      quoi: 'dont la pièce a un nom libre',
      message: {
        flux: '3-4',
        editMessage: edit(/99_DE-[^<]*/, 'plan.pdf'),
        editFichiers: rename(/_1\.pdf$/, 'plan.pdf'),
      },
      nature: '002',
    },
  ],
};

describe('le jugement des réponses, des annulations et des demandes', () => {
  it('éprouve chaque règle de sa table, et aucune autre', () => {
    expect(Object.keys(rejets)).toEqual(messageRules.map(({ nom }) => nom));
  });

  it.each(
    Object.entries(rejets).flatMap(([regle, liste]) =>
      liste.map((cas): [string, string, Rejet] => [cas.quoi, regle, cas]),
    ),
  )('rejette une archive %s (%s)', async (_quoi, regle, { message, nature, detail }) => {
    if (regle !== 'courrier-connu') for (const flux of ['2-1', '3-1', '4-1']) await write(flux);
    if (regle === 'courrier-connu') await write('3-1');
    await simulateur.releve();
    const archive = await aMessage(message);
    expect(await simulateur.depose(archive)).toBe(201);
    const [[ano, ...reste] = [], ...autres] = await simulateur.releve();
    expect([reste, autres]).toEqual([[], []]);
    const jugee = (await simulateur.registre()).archives.at(-1);
    expect(jugee?.anomalieEnveloppe).toMatchObject({ nature, regle });
    expect(ano?.nom).toBe(archive.nom.replace('XYZ-', 'ANO_').replace('.tar.gz', '.xml'));
    expect(ano?.texte).toContain(`<actes:Nature>${nature}</actes:Nature>`);
    expect(jugee?.anomalieEnveloppe?.detail).toMatch(detail ?? /Règle|VERIF/);
  });

  it('rejette l’annulation d’un acte déjà annulé (acte-deja-annule)', async () => {
    await simulateur.depose(await aMessage({ flux: '6-1' }));
    await simulateur.depose(await aMessage({ flux: '6-1', numeroEnveloppe: 51 }));
    await simulateur.judged();
    const { archives, annules } = await simulateur.registre();
    expect(archives.at(-1)?.anomalieEnveloppe).toMatchObject({ nature: '999', regle: 'acte-deja-annule' });
    expect(annules).toEqual([ACTE]);
  });

  it('lit dans un nom les trois usages de la date, et un numéro à traits d’union', async () => {
    await simulateur.depose(await anArchive({ numeroInterne: '2022-10-062', numeroEnveloppe: 2 }));
    const identifiantActe = '034-213499908-20261120-2022-10-062-DE';
    const nomFormulaire = '034-213499908-20261124-2022-10-062-DE-6-1_0.xml';
    await simulateur.depose(await aMessage({ flux: '6-1', identifiantActe, nomFormulaire }));
    await simulateur.judged();
    expect((await simulateur.registre()).annules).toEqual([identifiantActe]);
  });
});

describe('les consignes sur ces messages', () => {
  it('« anomalie » sur une annulation rejette son archive ; l’acte reste accusé', async () => {
    await simulateur.pilote('PUT', `scenarios/${ACTE}`, { scenario: 'anomalie', flux: '6-1' });
    await simulateur.depose(await aMessage({ flux: '6-1' }));
    const [[ano] = []] = await simulateur.releve();
    expect(ano?.nom).toMatch(/^ANO_/);
    expect((await simulateur.registre()).annules).toEqual([]);
    await simulateur.pilote('DELETE', `scenarios/${ACTE}`);
    await simulateur.depose(await aMessage({ flux: '6-1', numeroEnveloppe: 51 }));
    await simulateur.judged();
    expect((await simulateur.registre()).annules).toEqual([ACTE]);
  });

  it('« silence » sur une annulation : l’acte n’est pas annulé', async () => {
    await simulateur.pilote('PUT', 'scenarios/2026_014', { scenario: 'silence' });
    await simulateur.depose(await aMessage({ flux: '6-1' }));
    expect(await simulateur.releve()).toEqual([]);
    expect((await simulateur.registre()).annules).toEqual([]);
  });

  it('une consigne bornée à un flux ne touche pas les autres', async () => {
    await write('3-1');
    await simulateur.releve();
    await simulateur.pilote('PUT', `scenarios/${ACTE}`, { scenario: 'silence', flux: '3-4' });
    await simulateur.depose(await aMessage({ flux: '3-3' }));
    await simulateur.depose(await aMessage({ flux: '3-4', numeroEnveloppe: 51 }));
    expect(await simulateur.releve()).toHaveLength(1);
    expect((await simulateur.registre()).courriers[0]?.reponses.map(({ verdict }) => verdict)).toEqual([
      'accepte',
      'silence',
    ]);
  });

  it('le SIREN désigne les demandes de classification', async () => {
    await simulateur.pilote('PUT', 'scenarios/213499908', { scenario: 'double' });
    await simulateur.depose(await aMessage({ flux: '7-1' }));
    expect(await simulateur.releve()).toHaveLength(2);
  });
});
