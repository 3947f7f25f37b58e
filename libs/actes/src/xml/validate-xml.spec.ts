import { Buffer } from 'node:buffer';
import { readXml } from '../messages/read-xml';
import { validateXml } from './validate-xml';

const NS =
  'xmlns:actes="http://www.interieur.gouv.fr/ACTES#v1.1-20040216" xmlns:insee="http://xml.insee.fr/schema"';
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const faults = (text: string): readonly string[] =>
  validateXml(bytes(text)).map(({ regle, chemin }) => `${regle} ${chemin}`);

const ENFANTS = [
  '<actes:CodeMatiere1 actes:CodeMatiere="8"/>',
  '<actes:CodeMatiere2 actes:CodeMatiere="1"/>',
  '<actes:Objet>Convention</actes:Objet>',
  '<actes:ClassificationDateVersion>2019-08-29</actes:ClassificationDateVersion>',
  '<actes:Document><actes:NomFichier>a.pdf</actes:NomFichier></actes:Document>',
  '<actes:Annexes actes:Nombre="0"/>',
  '<actes:DocumentPapier>N</actes:DocumentPapier>',
];
const ATTRIBUTS = 'actes:Date="2022-10-20" actes:NumeroInterne="2022_062" actes:CodeNatureActe="1"';
const acte = (enfants = ENFANTS, attributs = ATTRIBUTS): string =>
  `<?xml version="1.0"?>\n<actes:Acte ${NS} ${attributs}>\n${enfants.join('\n')}\n</actes:Acte>`;
const replaced = (index: number, ...by: string[]): string[] => [
  ...ENFANTS.slice(0, index),
  ...by,
  ...ENFANTS.slice(index + 1),
];

describe('validateXml', () => {
  it('ne trouve rien à redire d’un acte juste', () => {
    expect(faults(acte())).toEqual([]);
  });

  it.each([
    ['manque', acte(replaced(2)), ['xml/element-manquant actes:Acte/actes:Objet']],
    [
      'est doublé',
      acte(replaced(2, ENFANTS[2] ?? '', ENFANTS[2] ?? '')),
      ['xml/element-en-trop actes:Acte/actes:Objet'],
    ],
    [
      'vient trop tard',
      acte([...replaced(1), ENFANTS[1] ?? '']),
      ['xml/element-mal-place actes:Acte/actes:CodeMatiere2'],
    ],
    [
      'est inconnu',
      acte(replaced(6, '<actes:Papier/>', ENFANTS[6] ?? '')),
      ['xml/element-inattendu actes:Acte/actes:Papier'],
    ],
    [
      'n’est pas dans l’espace de noms',
      acte(replaced(2, '<Objet>x</Objet>')),
      ['xml/element-manquant actes:Acte/actes:Objet', 'xml/element-inattendu actes:Acte/Objet'],
    ],
  ])('dit qu’un élément %s', (_title, text, expected) => {
    expect(faults(text)).toEqual(expected);
  });

  it('conseille le préfixe à qui l’a oublié', () => {
    const violations = validateXml(bytes(acte(ENFANTS, ATTRIBUTS.replace('actes:Date', 'Date'))));
    expect(violations.map(({ regle }) => regle)).toEqual(['xml/attribut-inattendu', 'xml/attribut-manquant']);
    expect(violations[0]?.detail).toContain('écrivez-le actes:Date');
  });

  it('donne toutes les fautes d’un message, situées, dans l’ordre', () => {
    const text = acte(
      [...replaced(3, '<actes:ClassificationDateVersion>hier</actes:ClassificationDateVersion>')].map(
        (enfant) => enfant.replace('actes:Nombre="0"', 'actes:Nombre="2"'),
      ),
      'actes:Date="2022-02-30" actes:NumeroInterne="" actes:CodeNatureActe="9"',
    );
    expect(validateXml(bytes(text)).map(({ regle, ligne, colonne }) => [regle, ligne, colonne])).toEqual([
      ['xml/valeur-invalide', 2, 1],
      ['regle/numero-interne', 2, 1],
      ['regle/nature-acte', 2, 1],
      ['xml/valeur-invalide', 6, 1],
      ['regle/annexes-nombre', 8, 1],
    ]);
  });

  it.each([
    ['regle/objet-vide', acte(replaced(2, '<actes:Objet> </actes:Objet>'))],
    ['regle/objet-une-ligne', acte(replaced(2, '<actes:Objet>a\nb</actes:Objet>'))],
    ['regle/document-papier', acte(replaced(6, '<actes:DocumentPapier/>'))],
    [
      'regle/nom-fichier',
      acte(replaced(4, '<actes:Document><actes:NomFichier>/tmp/a.pdf</actes:NomFichier></actes:Document>')),
    ],
    ['regle/date-fuseau', acte(ENFANTS, ATTRIBUTS.replace('2022-10-20', '2022-10-20+02:00'))],
    ['regle/nature-acte', acte(ENFANTS, ATTRIBUTS.replace('Acte="1"', 'Acte="01"'))],
    ['regle/numero-interne', acte(ENFANTS, ATTRIBUTS.replace('2022_062', '2022 062'))],
    ['regle/matiere', acte(replaced(1, '<actes:CodeMatiere2 actes:CodeMatiere="12"/>'))],
    [
      'regle/matiere-trou',
      acte(replaced(1, ENFANTS[1] ?? '', '<actes:CodeMatiere4 actes:CodeMatiere="1"/>')),
    ],
    ['regle/annexes-nombre', acte(replaced(5, '<actes:Annexes actes:Nombre="1"/>'))],
    ['regle/racine', `<actes:IDPref ${NS} actes:Departement="034"/>`],
    ['regle/departement', `<actes:IDPref ${NS} actes:Departement="020"/>`],
    ['regle/identifiant-acte', `<actes:Annulation ${NS} actes:IDActe="034-213402761-20221320-1-DE"/>`],
  ])('applique %s, que le schéma ne sait pas dire', (regle, text) => {
    const found = validateXml(bytes(text)).map((violation) => violation.regle);
    expect(found).toContain(regle);
    expect(found.filter((code) => code.startsWith('xml/'))).toEqual([]);
  });

  it('valide dans une signature ce que le schéma connaît, et laisse passer le reste', () => {
    const signed = (inside: string): string =>
      acte(
        replaced(
          4,
          `<actes:Document><actes:NomFichier>a.pdf</actes:NomFichier><actes:Signature>${inside}</actes:Signature></actes:Document>`,
        ),
      );
    expect(faults(signed('MIIB<x xmlns="urn:x" y="1">z</x>'))).toEqual([]);
    expect(faults(signed('<actes:IDPref/>'))).toEqual([
      'xml/attribut-manquant actes:Acte/actes:Document/actes:Signature/actes:IDPref/@actes:Departement',
    ]);
  });
});

describe('Les dehors d’un document', () => {
  const ACTES = 'http://www.interieur.gouv.fr/ACTES#v1.1-20040216';
  const INSEE = 'http://xml.insee.fr/schema';
  const ar = (espace: string): string =>
    `<actes:ARAnnulation xmlns:actes="${espace}" actes:IDActe="034-213402761-20221020-1-DE" actes:DateReception="2022-11-02"/>`;

  it.each([`${ACTES} `, ` ${ACTES}`, `${ACTES}&#9;`, `${ACTES}\n`, `${ACTES}&#160;`])(
    'l’espace de noms « %s » n’est pas celui du protocole pour qui valide, et se lit pourtant, écart noté',
    (espace) => {
      const violations = validateXml(bytes(ar(espace)));
      expect(violations.map(({ regle }) => regle)).toEqual(['xml/racine-inconnue']);
      expect(violations[0]?.detail).toContain('entouré de blancs');
      const read = readXml(bytes(ar(espace)));
      expect(read.ok && read.value).toMatchObject({
        type: '6-2',
        message: { dateReception: '2022-11-02', identifiantActe: '034-213402761-20221020-1-DE' },
        ecarts: [{ regle: 'xml/espace-de-noms-blancs' }],
      });
    },
  );

  it('compare aussi lettre pour lettre l’espace de noms d’un attribut, et celui qu’un enfant redéclare', () => {
    const idcl = (insee: string): string =>
      `<actes:EnveloppeCLMISILL xmlns:actes="${ACTES}"><actes:Emetteur><actes:IDCL xmlns:insee="${insee}" insee:SIREN="213402761" actes:Departement="034" actes:Arrondissement="3" actes:Nature="31"/></actes:Emetteur><actes:AdressesRetour><actes:Email>a@b.fr</actes:Email></actes:AdressesRetour><actes:FormulairesEnvoyes><actes:Formulaire><actes:NomFichier>a.xml</actes:NomFichier></actes:Formulaire></actes:FormulairesEnvoyes></actes:EnveloppeCLMISILL>`;
    expect(faults(idcl(INSEE))).toEqual([]);
    const regles = (text: string): readonly string[] => validateXml(bytes(text)).map(({ regle }) => regle);
    expect(regles(idcl(`${INSEE} `))).toEqual([
      'xml/espace-de-noms-invalide',
      'xml/attribut-inattendu',
      'xml/attribut-manquant',
    ]);
    const inner = idcl(INSEE).replace('<actes:Email>', `<actes:Email xmlns:actes="${ACTES} ">`);
    expect(regles(inner)).toContain('xml/element-inattendu');
    const restored = idcl(INSEE).replace('<actes:IDCL', `<actes:IDCL xmlns:actes="${ACTES}"`);
    expect(regles(restored)).toEqual([]);
    const read = readXml(bytes(idcl(`${INSEE} `)));
    expect(read.ok && read.value.message).toMatchObject({ emetteur: { siren: '213402761' } });
  });

  it('refuse un espace de noms qui n’est pas une URI, même si rien ne l’emploie', () => {
    expect(faults(ar(ACTES).replace('<actes:ARAnnulation', '<actes:ARAnnulation xmlns:x="urn:e d"'))).toEqual(
      ['xml/espace-de-noms-invalide actes:ARAnnulation'],
    );
  });

  it.each(['US-ASCII', 'us-ascii', 'ASCII'])(
    'tient un accent sous une déclaration %s pour une faute, et le lit',
    (name) => {
      const declared = (accent: string): string =>
        `<?xml version="1.0" encoding="${name}"?>\n<!-- ${accent} -->${ar(ACTES)}`;
      expect(validateXml(bytes(declared('e')))).toEqual([]);
      for (const document of [Buffer.from(declared('é'), 'latin1'), Buffer.from(declared('é'), 'utf8')]) {
        expect(validateXml(document)).toMatchObject([
          { regle: 'xml/octets-hors-ascii', ligne: 2, colonne: 6 },
        ]);
        const read = readXml(document);
        expect(read.ok && read.value).toMatchObject({
          message: { dateReception: '2022-11-02' },
          ecarts: [{ regle: 'xml/octets-hors-ascii', ligne: 2 }],
        });
      }
    },
  );
});
