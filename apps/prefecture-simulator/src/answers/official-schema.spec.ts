import { anArchive } from '../../test/an-archive';
import type { Depot } from '../../test/an-archive';
import { anOfficialSchema, hasOfficialSchema } from '../../test/official-schema';
import type { OfficialSchema } from '../../test/official-schema';
import { RunningSimulator } from '../../test/running-simulator';

if (!hasOfficialSchema)
  process.stderr.write('Schéma officiel absent : la relecture des réponses est sautée.\n');
const withSchema = hasOfficialSchema ? describe : describe.skip;

const sans = (motif: RegExp) => (xml: string) => xml.replace(motif, '');

const depots: readonly [string, string, Depot][] = [
  ['un acte accepté', 'ARActe', {}],
  ['un acte sans arrondissement', 'ARActe', { arrondissement: '0' }],
  ['un acte de Corse', 'ARActe', { departement: '02A' }],
  [
    'un objet plein de caractères rares',
    'ARActe',
    { objet: '&#339;&#8217;&#8364; &lt;b&gt; &amp;', annexes: 3 },
  ],
  [
    'une classification périmée',
    'AnomalieActe',
    { editMessage: (xml) => xml.replace('2019-08-29', '2018-11-28') },
  ],
  ['un message mal formé', 'AnomalieActe', { editMessage: () => '<a' }],
  ['un message d’une autre racine', 'AnomalieActe', { editMessage: () => '<a/>' }],
  [
    'un message sans attribut',
    'AnomalieActe',
    { editMessage: sans(/actes:(Date|NumeroInterne|CodeNatureActe)="[^"]*"/g) },
  ],
  ['un message sans matière', 'AnomalieActe', { editMessage: sans(/<actes:CodeMatiere[^>]*>/g) }],
  ['un objet trop long', 'AnomalieActe', { objet: '&#127963;'.repeat(600) }],
  ['une date impossible', 'AnomalieActe', { editMessage: (xml) => xml.replace('2026-11-20', '2026-02-30') }],
  [
    'un nombre d’annexes illisible',
    'AnomalieActe',
    { editMessage: (xml) => xml.replace('Nombre="0"', 'Nombre="aucune"') },
  ],
  [
    'un numéro trop long',
    'AnomalieActe',
    { editMessage: (xml) => xml.replace('="2026_014"', `="${'9'.repeat(40)}"`) },
  ],
  ['une enveloppe mal formée', 'AnomalieEnveloppe', { editEnveloppe: () => '<a' }],
  ['une enveloppe d’une autre racine', 'AnomalieEnveloppe', { editEnveloppe: () => '<a/>' }],
  ['une enveloppe sans émetteur', 'AnomalieEnveloppe', { editEnveloppe: sans(/<actes:IDCL[^>]*>/) }],
  [
    'une enveloppe sans adresse',
    'AnomalieEnveloppe',
    { editEnveloppe: sans(/<actes:Email>[^<]*<\/actes:Email>/) },
  ],
  [
    'une enveloppe à l’adresse fausse',
    'AnomalieEnveloppe',
    { editEnveloppe: (xml) => xml.replace('retours@', 'é@') },
  ],
  ['un formulaire absent', 'AnomalieEnveloppe', { editFichiers: (f) => f.delete([...f.keys()][1] ?? '') }],
  ['un nom d’archive libre', 'AnomalieEnveloppe', { nomArchive: 'l’été <&> "2026".tgz' }],
];

withSchema('devant le schéma officiel', () => {
  let officiel: OfficialSchema;
  let simulateur: RunningSimulator;
  beforeAll(async () => {
    officiel = await anOfficialSchema();
  });
  beforeEach(async () => {
    simulateur = await RunningSimulator.start();
  });
  afterEach(() => simulateur.stopAndForget());

  it.each(depots)('la réponse à %s est un %s valide', async (_quoi, racine, depot) => {
    await simulateur.depose(await anArchive(depot));
    const [retour] = await simulateur.retours();
    const fichiers = retour ? await simulateur.fichiers(retour) : [];
    expect(fichiers.at(-1)?.texte).toContain(`<actes:${racine} `);
    expect(fichiers.flatMap(({ octets }) => officiel.faults(octets))).toEqual([]);
  });

  it('un accusé dont le numéro porte un trait d’union n’a que ce défaut', async () => {
    await simulateur.depose(await anArchive({ numeroInterne: '2022-10-062' }));
    const [retour] = await simulateur.retours();
    const [, message] = retour ? await simulateur.fichiers(retour) : [];
    if (!message) throw new Error('On attendait un accusé.');
    const fautes = officiel.faults(message.octets);
    expect(fautes.length).toBeGreaterThan(0);
    expect(fautes.filter((faute) => !faute.includes('IDActe'))).toEqual([]);
    const sansTrait = Buffer.from(message.texte.replace('2022-10-062-DE"', '2022_10_062-DE"'), 'latin1');
    expect(officiel.faults(sansTrait)).toEqual([]);
  });
});
