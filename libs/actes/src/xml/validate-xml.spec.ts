import { Buffer } from 'node:buffer';
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
