import { addDays, civilDate } from '@teletransmission/kernel';
import fc from 'fast-check';
import type { Departement } from '../identifiant/departement';
import type { NumeroInterne } from '../identifiant/numero-interne';
import type { Siren } from '../identifiant/siren';
import { FLUX } from './flux';
import type { Flux } from './flux';
import {
  nomAnomalieEnveloppe,
  nomArchive,
  nomEnveloppe,
  nomEnveloppeRetour,
  parseNomEnveloppe,
} from './nom-enveloppe';
import { nomDocument, nomMessage, parseNomDocument, parseNomMessage } from './nom-fichier';

const siren = '213402761' as Siren;
const key = { quadrigramme: 'EACT', siren, jour: civilDate('2022-11-02'), numero: 1 };
const acte = {
  departement: '034' as Departement,
  siren,
  dateDecision: civilDate('2022-10-20'),
  numeroInterne: '2022-10-062' as NumeroInterne,
  nature: 'DE' as const,
};

describe('Les noms d’enveloppe', () => {
  it('s’écrivent comme la norme', () => {
    expect(nomEnveloppe(key)).toBe('EACT--213402761--20221102-1.xml');
    expect(nomArchive('TLT', key)).toBe('TLT-EACT--213402761--20221102-1.tar.gz');
    expect(nomAnomalieEnveloppe(key)).toBe('ANO_EACT--213402761--20221102-1.xml');
    expect(nomEnveloppeRetour('SPREF0343', key)).toBe('EACT--SPREF0343-213402761-20221102-1.xml');
  });

  it.each([
    [
      'SLO-EACT--210703385--20170612-2.tar.gz',
      { genre: 'archive', sens: 'aller', trigramme: 'SLO', nomEnveloppe: 'EACT--210703385--20170612-2.xml' },
    ],
    [
      'EACT--210703385--20170612-2.xml',
      { genre: 'enveloppe', sens: 'aller', key: { numero: 2, siren: '210703385', jour: '2017-06-12' } },
    ],
    [
      'ANO_EACT--210703385--20170612-2.xml',
      { genre: 'anomalie', sens: 'aller', nomEnveloppe: 'EACT--210703385--20170612-2.xml' },
    ],
    [
      'EACT--SPREF0441-214400152-20181012-9.xml',
      { genre: 'enveloppe', sens: 'retour', service: 'SPREF0441', key: { siren: '214400152' } },
    ],
    ['TACT--PREF034-213499908-20260301-3.xml', { service: 'PREF034', key: { quadrigramme: 'TACT' } }],
    ['ANO_EACT--SPREF0441-214400152-20181012-9.xml', { genre: 'anomalie', sens: 'retour' }],
    ['EACT--SPREF02A1-212000962-20250103-15279.xml', { service: 'SPREF02A1', key: { numero: 15279 } }],
    ['/tmp/x/EACT--210703385--20170612-2.xml', { nomEnveloppe: 'EACT--210703385--20170612-2.xml' }],
    ['abc-TACT--000000000--20170721-4.tar.gz', { trigramme: 'abc' }],
  ])('« %s » se lit', (nom, expected) => {
    const read = parseNomEnveloppe(nom);
    expect(read.ok ? read.value : read.problem.detail).toMatchObject(expected);
  });

  it('ne confond pas l’enveloppe 1 et l’enveloppe 10', () => {
    const names = [1, 10].map((numero) => parseNomEnveloppe(nomArchive('TLT', { ...key, numero })));
    const [one, ten] = names.map((read) => (read.ok ? read.value.nomEnveloppe : ''));
    expect(one).not.toBe(ten);
    expect(one).toBe(nomEnveloppe(key));
  });

  it.each([
    '',
    'EACT-213402761-20221102-1.xml',
    'EACT--21340276--20221102-1.xml',
    'EACT--213402761--20221302-1.xml',
    'EACT--213402761--20221102-1.zip',
    'TL-EACT--213402761--20221102-1.tar.gz',
  ])('refuse « %s »', (nom) => {
    const read = parseNomEnveloppe(nom);
    expect(read.ok ? '' : read.problem.code).toBe('nom-enveloppe/malformed');
  });
});

describe('Les noms de message et de document', () => {
  it('portent la date de la décision, non celle de l’envoi', () => {
    expect(nomMessage(acte, '1-1', 0)).toBe('034-213402761-20221020-2022-10-062-DE-1-1_0.xml');
    expect(nomDocument(acte, '1-1', 1, 'pdf', '99_DE')).toBe(
      '99_DE-034-213402761-20221020-2022-10-062-DE-1-1_1.pdf',
    );
  });

  it('laissent vides les champs d’un message sans acte', () => {
    expect(nomMessage({ departement: acte.departement, siren }, '7-1', 0)).toBe('034-213402761----7-1_0.xml');
  });

  it.each([
    ['044-214400152----1-3_1.xml', { flux: '1-3', n: 1, departement: '044', siren: '214400152' }],
    [
      '034-000000000-20170701-20170725A-AI-2-1_0.xml',
      { flux: '2-1', numeroInterne: '20170725A', nature: 'AI' },
    ],
    ['006-210600235-20180522-684-AI-1-2_5279.xml', { flux: '1-2', n: 5279 }],
    ['034-213402761-20221020-2022-10-062-DE-1-2_123456.xml', { numeroInterne: '2022-10-062', n: 123456 }],
    ['999-1234----7-2_7.xml', { flux: '7-2', departement: '999', siren: '1234' }],
    ['013-211300074-20220106-AR-2022-02-AR-1-1_0.xml', { numeroInterne: 'AR-2022-02', nature: 'AR' }],
    ['/var/tmp/034-213402761----7-3_7 (1).xml', { flux: '7-3' }],
  ])('« %s » se lit', (nom, expected) => {
    const read = parseNomMessage(nom);
    expect(read.ok ? read.value : read.problem.detail).toMatchObject(expected);
  });

  it.each([
    ['056-225600014-20130924-0000008888-DE-1-1_1.PDF', { extension: 'PDF', nature: 'DE' }],
    [
      '32_DP-034-491011698-20171207-CL20171227_06-DE-1-1_1.pdf',
      { typePiece: '32_DP', numeroInterne: 'CL20171227_06' },
    ],
    ['CO_DE-006-210600730-20180115-007-AR-1-1_1.jpg', { typePiece: 'CO_DE' }],
  ])('« %s » se lit comme un document', (nom, expected) => {
    const read = parseNomDocument(nom);
    expect(read.ok ? read.value : read.problem.detail).toMatchObject(expected);
  });

  it.each([
    '044-214400152-20180905-4365-DE-4365-DE_0.xml',
    'acte.pdf',
    '034-213402761-20221020-1-DE-1-4_0.xml',
    '034-213402761-20221320-1-DE-1-1_0.xml',
  ])('refuse « %s »', (nom) => {
    const read = parseNomMessage(nom);
    expect(read.ok ? '' : read.problem.code).toBe('nom-fichier/malformed');
  });

  it('laisse absents la date, le numéro et la nature qui manquent au nom', () => {
    const read = parseNomMessage('044-214400152----1-3_1.xml');
    expect(read.ok && Object.keys(read.value).sort()).toEqual([
      'departement',
      'extension',
      'flux',
      'n',
      'nom',
      'siren',
    ]);
  });

  it('ne prend pas un document pour un message', () => {
    expect(parseNomMessage('99_DE-034-213402761-20221020-1-DE-1-1_1.xml').ok).toBe(false);
  });

  it('se relisent toujours, tirets et Nouvel An compris', () => {
    const numero = fc.stringMatching(/^[A-Z0-9](?:[A-Z0-9_-]{0,13}[A-Z0-9])?$/);
    const flux = fc.constantFrom(...(Object.keys(FLUX) as Flux[]));
    fc.assert(
      fc.property(
        numero,
        flux,
        fc.integer({ min: -3, max: 3 }),
        fc.nat(99999),
        (numeroInterne, aFlux, shift, n) => {
          const identity = {
            ...acte,
            numeroInterne: numeroInterne as NumeroInterne,
            dateDecision: addDays(civilDate('2024-12-31'), shift),
          };
          const message = parseNomMessage(nomMessage(identity, aFlux, n));
          expect(message.ok && message.value).toMatchObject({ ...identity, flux: aFlux, n });
          const document = parseNomDocument(nomDocument(identity, aFlux, n, 'pdf', '99_DE'));
          expect(document.ok && document.value).toMatchObject({
            ...identity,
            flux: aFlux,
            n,
            typePiece: '99_DE',
          });
        },
      ),
    );
  });
});
