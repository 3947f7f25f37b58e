import { Buffer } from 'node:buffer';
import { civilDate } from '@teletransmission/kernel';
import { readXmlRetour } from '../messages/read-xml';
import { decodeXmlRetour } from './decode-retour';

const ACTE = '034-213402761-20221020-2022_062-DE';
const accuse = (declaration: string): string =>
  `${declaration}<actes:ARActe xmlns:actes="http://www.interieur.gouv.fr/ACTES#v1.1-20040216" actes:DateReception="2022-11-02" ` +
  `actes:IDActe="${ACTE}"><actes:ActeRecu actes:Date="2022-10-20" actes:NumeroInterne="2022_062" actes:CodeNatureActe="1">` +
  `<actes:CodeMatiere1 actes:CodeMatiere="8"/><actes:CodeMatiere2 actes:CodeMatiere="1"/><actes:Objet>OBJET</actes:Objet>` +
  `<actes:ClassificationDateVersion>2019-08-29</actes:ClassificationDateVersion>` +
  `<actes:Document><actes:NomFichier>a.pdf</actes:NomFichier></actes:Document><actes:Annexes actes:Nombre="0"/>` +
  `<actes:DocumentPapier>N</actes:DocumentPapier></actes:ActeRecu>` +
  `<actes:ClassificationDateVersionEnCours>2019-08-29</actes:ClassificationDateVersionEnCours></actes:ARActe>`;
const declared = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?>\n`;
/** L'accusé dont l'objet est fait de ces octets-là. */
const withObjet = (declaration: string, objet: Buffer): Buffer => {
  const [before = '', after = ''] = accuse(declaration).split('OBJET');
  return Buffer.concat([Buffer.from(before, 'latin1'), objet, Buffer.from(after, 'latin1')]);
};
const read = (octets: Buffer): unknown => {
  const lecture = readXmlRetour(octets);
  if (!lecture.ok) return lecture.problem.code;
  if (lecture.value.type !== '1-2') return lecture.value.type;
  const { message, encodage, ecarts } = lecture.value;
  expect(message.identifiantActe).toBe(ACTE);
  expect(message.dateReception).toBe(civilDate('2022-11-02'));
  return [message.acteRecu?.objet, encodage, ecarts.map(({ regle }) => regle)];
};

const LATIN9 = Buffer.from([0xbd, 0x75, 0x76, 0x72, 0x65, 0x20, 0x34, 0x35, 0x20, 0xa4]);
const CP1252 = Buffer.from([0x9c, 0x75, 0x76, 0x72, 0x65, 0x20, 0x34, 0x35, 0x20, 0x80]);
const LATIN1 = Buffer.from('école', 'latin1');
const UTF8 = Buffer.from('œuvre 45 €');
const ASCII = Buffer.from('ecole');
const INATTENDU = ['xml/encodage-inattendu'];
const MENTEUR = ['xml/encodage-menteur'];
const INCONNU = ['xml/encodage-inconnu'];

describe('un accusé se lit, quel que soit l’encodage où on l’a écrit', () => {
  it.each<[string, string, Buffer, unknown]>([
    ['ISO-8859-1', declared('ISO-8859-1'), LATIN1, ['école', 'ISO-8859-1', []]],
    ['UTF-8', declared('utf-8'), UTF8, ['œuvre 45 €', 'UTF-8', []]],
    ['UTF-8 sans déclaration', '', UTF8, ['œuvre 45 €', 'UTF-8', []]],
    ['Latin-9', declared('ISO-8859-15'), LATIN9, ['œuvre 45 €', 'ISO-8859-15', INATTENDU]],
    ['Latin-9, par son surnom', declared('latin9'), LATIN9, ['œuvre 45 €', 'ISO-8859-15', INATTENDU]],
    ['Latin-9, à l’ancienne', declared('ISO_8859-15:1998'), LATIN9, ['œuvre 45 €', 'ISO-8859-15', INATTENDU]],
    ['windows-1252', declared('windows-1252'), CP1252, ['œuvre 45 €', 'windows-1252', INATTENDU]],
    [
      'windows-1252, comme Java le nomme',
      declared('Cp1252'),
      CP1252,
      ['œuvre 45 €', 'windows-1252', INATTENDU],
    ],
    ['US-ASCII', declared('US-ASCII'), ASCII, ['ecole', 'US-ASCII', INATTENDU]],
    ['un encodage voisin', declared('windows-1250'), Buffer.from([0xb9]), ['ą', 'windows-1250', INATTENDU]],
    ['latin1, cp819', declared('cp819'), LATIN1, ['école', 'ISO-8859-1', []]],
    ['csISOLatin1', declared('csISOLatin1'), LATIN1, ['école', 'ISO-8859-1', []]],
    ['ISO_8859-1:1987', declared('ISO_8859-1:1987'), LATIN1, ['école', 'ISO-8859-1', []]],
    ['US-ASCII, et qui ne s’y tient pas', declared('ascii'), LATIN1, ['école', 'ISO-8859-1', MENTEUR]],
    [
      'ISO-8859-1, et qui est en windows-1252',
      declared('ISO-8859-1'),
      CP1252,
      ['œuvre 45 €', 'windows-1252', MENTEUR],
    ],
    ['ISO-8859-1, et qui est en UTF-8', declared('ISO-8859-1'), UTF8, ['œuvre 45 €', 'UTF-8', MENTEUR]],
    ['ISO-8859-15, et qui est en UTF-8', declared('ISO-8859-15'), UTF8, ['œuvre 45 €', 'UTF-8', MENTEUR]],
    ['UTF-8, et qui est en ISO-8859-1', declared('UTF-8'), LATIN1, ['école', 'windows-1252', MENTEUR]],
    [
      'UTF-8, abîmé en un endroit',
      declared('UTF-8'),
      Buffer.concat([UTF8, LATIN1.subarray(0, 1)]),
      ['œuvre 45 €\ufffd', 'UTF-8 abîmé', MENTEUR],
    ],
    ['UTF-16, par-dessus de l’UTF-8', declared('utf-16'), UTF8, ['œuvre 45 €', 'UTF-8', MENTEUR]],
    ['UTF-16, par-dessus de l’ASCII', declared('UTF-16LE'), ASCII, ['ecole', 'US-ASCII', MENTEUR]],
    ['un nom qui n’existe pas', declared('MS-Zoulou'), LATIN1, ['école', 'windows-1252', INCONNU]],
    ['un nom qui n’existe pas, en UTF-8', declared('klingon'), UTF8, ['œuvre 45 €', 'UTF-8', MENTEUR]],
    ['un encodage à plusieurs octets', declared('Shift_JIS'), LATIN1, ['école', 'windows-1252', INCONNU]],
  ])('%s', (_, declaration, objet, expected) => {
    expect(read(withObjet(declaration, objet))).toEqual(expected);
  });

  const le = (text: string): Buffer => Buffer.from(text, 'utf16le');
  const texte = accuse(declared('UTF-16')).replace('OBJET', 'œuvre 45 €');
  it.each<[string, Buffer]>([
    ['petit-boutiste, avec sa marque', le(`\ufeff${texte}`)],
    ['gros-boutiste, avec sa marque', le(`\ufeff${texte}`).swap16()],
    ['petit-boutiste, sans marque', le(texte)],
    ['gros-boutiste, sans marque', le(texte).swap16()],
    ['qui se dit d’un autre encodage', le(`\ufeff${texte.replace('UTF-16', 'ISO-8859-1')}`)],
  ])('vrai UTF-16, %s', (_, octets) => {
    expect(read(octets)).toEqual(['œuvre 45 €', 'UTF-16', INATTENDU]);
  });

  it.each<[string, Buffer, unknown]>([
    ['une marque d’ordre', Buffer.from(`\ufeff${accuse(declared('UTF-8'))}`), ['OBJET', 'UTF-8', []]],
    [
      'une marque d’ordre que la déclaration dément',
      Buffer.from(`\ufeff${accuse(declared('ISO-8859-1'))}`.replace('OBJET', 'école')),
      ['école', 'UTF-8', MENTEUR],
    ],
    [
      'une ligne vide avant la déclaration',
      Buffer.from(`\r\n ${accuse(declared('UTF-8'))}`),
      ['OBJET', 'UTF-8', ['xml/blancs-en-tete']],
    ],
    [
      'des zéros après la racine',
      Buffer.concat([Buffer.from(accuse(declared('UTF-8'))), Buffer.alloc(512)]),
      ['OBJET', 'UTF-8', ['xml/remplissage']],
    ],
  ])('%s', (_, octets, expected) => {
    expect(read(octets)).toEqual(expected);
  });
});

describe('ce qui ne se lit pas le dit', () => {
  it.each<[string, Buffer, string]>([
    ['rien', Buffer.alloc(0), 'xml/empty'],
    ['de l’UTF-32', Buffer.from('fffe00003c000000', 'hex'), 'xml/unknown-encoding'],
    ['de l’UTF-16 coupé', Buffer.from('fffe3c00610', 'hex').subarray(0, 5), 'xml/invalid-bytes'],
    ['de l’UTF-16 à demi-lettre', Buffer.from('fffe00d83c00', 'hex'), 'xml/invalid-bytes'],
  ])('%s', (_, octets, code) => {
    const result = decodeXmlRetour(octets);
    expect(result.ok ? result.value : result.problem.code).toBe(code);
  });

  it('un DOCTYPE en UTF-16 reste refusé', () => {
    const octets = Buffer.from('\ufeff<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>', 'utf16le');
    expect(readXmlRetour(octets)).toMatchObject({ ok: false, problem: { code: 'xml/doctype' } });
  });
});
