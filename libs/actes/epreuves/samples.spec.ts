import { Buffer } from 'node:buffer';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { FichierArchive } from '../src/archive/check-archive-aller';
import { checkArchiveAller } from '../src/archive/check-archive-aller';
import { readArchive } from '../src/archive/read-archive';
import { parseIdentifiantActe } from '../src/identifiant/read-identifiant-acte';
import { readXml } from '../src/messages/read-xml';
import { validateXml } from '../src/xml/validate-xml';
import type { OfficialSchema } from './official-schema';
import {
  describeWithReference,
  loadOfficialSchema,
  referenceFile,
  referenceFiles,
  hasReference,
} from './official-schema';

const samples = hasReference
  ? referenceFiles('samples').filter((name) => name.endsWith('.xml'))
  : ['absents'];

/** Ceux dont le nom dit le flux. */
const named = samples.filter((name) => /-[1-7]-[1-5]_\d+\.xml$/.test(name) || name === 'absents');

/** Ce que le README des exemples annonce non valide. */
const NOT_VALID = [
  'actesapi/1-1_Acte.xml',
  'actesapi/1-3_AnomalieActe.xml',
  'pastell-megalis/fakeTdt-classification.xml',
  's2low/test-archive-MISILCL/034-000000000-20170701-20170721D-AI-1-2_0.xml',
  's2low/test-message-anomalie/034-000000000-20170701-20170721D-AI-1-3_0.xml',
].map((name) => path.join('samples', name));

function schemaFaults(bytes: Uint8Array): readonly string[] {
  return validateXml(bytes)
    .filter(({ regle }) => regle.startsWith('xml/'))
    .map(({ regle, chemin }) => `${regle} ${chemin}`);
}

describeWithReference('Les messages réels et les exemples travaillés', () => {
  let official: OfficialSchema;
  beforeAll(async () => {
    official = await loadOfficialSchema();
  });
  afterAll(() => {
    official.dispose();
  });

  it('sont au moins cinquante', () => {
    expect(samples.length).toBeGreaterThan(50);
  });

  it.each(samples)('%s se lit, et notre validation tombe d’accord avec le schéma officiel', (name) => {
    const bytes = referenceFile(name);
    const lecture = readXml(bytes);
    expect(lecture.ok ? '' : lecture.problem.detail).toBe('');
    const faults = schemaFaults(bytes);
    expect({ ours: faults.length === 0, official: official.faultOf(bytes) === undefined }).toEqual({
      ours: !NOT_VALID.includes(name),
      official: !NOT_VALID.includes(name),
    });
  });

  it.each(named)('%s est du flux que dit son nom', (name) => {
    const lecture = readXml(referenceFile(name));
    expect(lecture.ok && lecture.value.type).toBe(/-([1-7]-[1-5])_\d+\.xml$/.exec(name)?.[1]);
  });

  const read = (name: string): unknown => {
    const lecture = readXml(referenceFile(path.join('samples', name)));
    return lecture.ok ? lecture.value : lecture.problem;
  };

  it('lit un accusé de réception', () => {
    expect(read('worked/02-ar-1-2/034-213499908-20260226-2026_014-DE-1-2_5279.xml')).toMatchObject({
      type: '1-2',
      encodage: 'ISO-8859-1',
      ecarts: [],
      message: {
        identifiantActe: '034-213499908-20260226-2026_014-DE',
        dateReception: '2026-03-02',
        classificationDateVersionEnCours: '2019-08-29',
        acteRecu: {
          numeroInterne: '2026_014',
          matiere: [2, 1, 2],
          objet: "Approbation du plan local d'urbanisme : modification n°2",
          nombreAnnexes: 1,
          documentPapier: false,
        },
      },
    });
  });

  it('lit une anomalie d’acte dont la matière saute un niveau et dont DocumentPapier est vide', () => {
    expect(read('stela/044-214400152----1-3_1.xml')).toMatchObject({
      type: '1-3',
      message: {
        nature: '002',
        detail:
          "ODT-VERIF-01 : Votre acte a été transmis avec une date de classification qui n'est pas à jour",
        acteRecu: { matiere: [1, 1, 1, 1], documentPapier: undefined },
        classificationDateVersionEnCours: '2018-10-10',
      },
      ecarts: [{ regle: 'regle/matiere-trou' }, { regle: 'regle/document-papier' }],
    });
  });

  it('lit une anomalie d’enveloppe à nature sans zéros', () => {
    expect(read('s2low/test-anomalie/ANO_EACT--210703385--20170612-2.xml')).toMatchObject({
      type: 'anomalie-enveloppe',
      message: {
        nature: '005',
        date: '2017-06-12',
        enveloppeRecue: { formulaires: [{ nomFichier: '007-210703385-20170519-2017_048-DE-1-1_0.xml' }] },
      },
    });
  });

  it('lit une enveloppe UTF-8 à préfixes inattendus', () => {
    expect(read('stela/SIC-EACT--210600730--20180115-1/EACT--210600730--20180115-1.xml')).toMatchObject({
      type: 'enveloppe-aller',
      encodage: 'UTF-8',
      message: { emetteur: { siren: '210600730', departement: '006', natureCollectivite: '02' } },
    });
  });

  it('lit une enveloppe de la préfecture avec son référent', () => {
    expect(read('actesapi/EnveloppeMICL.xml')).toMatchObject({
      type: 'enveloppe-retour',
      message: {
        emetteur: {
          service: 'SPREF',
          departement: '035',
          arrondissement: '2',
          referent: { nom: 'Jean Dupont' },
        },
        destinataire: '123456789',
      },
    });
  });

  it('lit l’archive travaillée et n’y trouve rien à redire', async () => {
    const nomArchive = 'XYZ-TACT--213499908--20260302-1.tar.gz';
    const archive = referenceFile(`samples/worked/01-depot-1-1/${nomArchive}`);
    const fichiers: FichierArchive[] = [];
    const result = await readArchive(Readable.from([archive]), async (nom, tailleOctets, contenu) => {
      fichiers.push({ nom, tailleOctets, octets: await buffer(contenu) });
    });
    expect(result.ok ? '' : result.problem.detail).toBe('');
    expect(checkArchiveAller({ nomArchive, fichiers, trigramme: 'XYZ', quadrigramme: 'TACT' })).toEqual([]);
  });

  it('lit tous les identifiants publiés du relevé, tirets et suffixes compris', () => {
    const rows = Buffer.from(referenceFile('open-data/identifiers-mixed.csv'))
      .toString('utf8')
      .trim()
      .split('\n')
      .slice(1);
    const published = rows
      .map((row) => row.split(','))
      .filter(([, kind]) => kind === 'published' || kind === 'fixture');
    expect(published.length).toBeGreaterThan(3);
    for (const [raw = ''] of published) {
      const read = parseIdentifiantActe(raw);
      expect(read.ok ? '' : read.problem.detail).toBe('');
    }
  });

  it('lit une classification entière, 225 intitulés de niveau 3 et un vrai œ', () => {
    const lecture = readXml(referenceFile('samples/stela/exemple_codes_matieres.xml'));
    if (!lecture.ok || lecture.value.type !== '7-2') throw new Error('Lecture attendue');
    const { matieres, natures } = lecture.value.message;
    const level2 = matieres.flatMap((matiere) => matiere.matieres);
    expect([matieres.length, level2.length, level2.flatMap((matiere) => matiere.matieres).length]).toEqual([
      9, 57, 225,
    ]);
    expect(natures.find(({ abrege }) => abrege === 'DE')?.typesPiece.length).toBe(19);
    expect(JSON.stringify(lecture.value.message)).toContain('œuvre');
  });
});
