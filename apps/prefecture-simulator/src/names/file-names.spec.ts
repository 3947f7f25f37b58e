import {
  looksLikeEnveloppe,
  nameAnomalieEnveloppe,
  readNomArchive,
  readNomDocument,
  readNomMessage,
} from './file-names';

describe('readNomArchive', () => {
  it('lit une archive de collectivité et le nom de son enveloppe', () => {
    expect(readNomArchive('SLO-EACT--210703385--20170612-2.tar.gz')).toEqual({
      trigramme: 'SLO',
      quadrigramme: 'EACT',
      siren: '210703385',
      jour: '20170612',
      enveloppe: 'EACT--210703385--20170612-2.xml',
    });
  });

  it.each([
    'EACT--210703385--20170612-2.tar.gz',
    'slo-EACT--210703385--20170612-2.tar.gz',
    'SLO-XACT--210703385--20170612-2.tar.gz',
    'SLO-EACT-210703385-20170612-2.tar.gz',
    'SLO-EACT--21070338--20170612-2.tar.gz',
    'SLO-EACT--210703385--20171301-2.tar.gz',
    'SLO-EACT--210703385--20170612-02.tar.gz',
    'SLO-EACT--210703385--20170612-2.tgz',
    'a/SLO-EACT--210703385--20170612-2.tar.gz',
  ])('ne reconnaît pas %s', (nom) => {
    expect(readNomArchive(nom)).toBeUndefined();
  });
});

describe('readNomMessage', () => {
  it.each([
    [
      '034-213499908-20260226-2026_014-DE-1-1_0.xml',
      ['034', '213499908', '20260226', '2026_014', 'DE', '1-1'],
    ],
    [
      '013-211300074-20220106-AR-2022-02-AR-1-1_0.xml',
      ['013', '211300074', '20220106', 'AR-2022-02', 'AR', '1-1'],
    ],
    ['006-210600235-20180522-684-AI-1-2_5279.xml', ['006', '210600235', '20180522', '684', 'AI', '1-2']],
    ['044-214400152----1-3_1.xml', ['044', '214400152', '', '', '', '1-3']],
    ['02A-213499908----7-1_0.xml', ['02A', '213499908', '', '', '', '7-1']],
  ])('lit %s par les deux bouts', (nom, [departement, siren, jour, numeroInterne, nature, flux]) => {
    expect(readNomMessage(nom)).toEqual({ departement, siren, jour, numeroInterne, nature, flux });
  });

  it.each([
    '034-213499908-4365-DE-4365-DE_0.xml',
    '034-213499908-20260230-1-DE-1-1_0.xml',
    '34-213499908----7-1_0.xml',
  ])('ne reconnaît pas %s', (nom) => {
    expect(readNomMessage(nom)).toBeUndefined();
  });
});

describe('readNomDocument', () => {
  it.each([
    ['99_DE-034-213499908-20260226-2026_014-DE-1-1_1.pdf', { typePiece: '99_DE', extension: 'pdf' }],
    ['99_AR-034-213499908-20260226-2026-014-AR-1-1_12345.PDF', { typePiece: '99_AR', extension: 'pdf' }],
    ['034-213499908-20260226-2026_014-DE-1-1_1.jpg', { typePiece: undefined, extension: 'jpg' }],
  ])('lit %s', (nom, attendu) => {
    expect(readNomDocument(nom)).toMatchObject(attendu);
  });

  it.each([
    'deliberation.pdf',
    '99_DEX-034-213499908-20260226-1-DE-1-1_1.pdf',
    '99_DE-034-213499908-20260226-1-DE-1-1_1',
  ])('ne reconnaît pas %s', (nom) => {
    expect(readNomDocument(nom)).toBeUndefined();
  });
});

describe('nameAnomalieEnveloppe', () => {
  it.each([
    ['SLO-EACT--210703385--20170612-2.tar.gz', 'ANO_EACT--210703385--20170612-2.xml'],
    ['EACT--210703385--20170612-2.tar.gz', 'ANO_EACT--210703385--20170612-2.xml'],
    ['../été.zip', 'ANO_..__t_.zip.xml'],
  ])('%s donne %s', (archive, anomalie) => {
    expect(nameAnomalieEnveloppe(archive)).toBe(anomalie);
  });
});

describe('looksLikeEnveloppe', () => {
  it('distingue une enveloppe d’un message', () => {
    expect(looksLikeEnveloppe('TACT--213499908--20260302-1.xml')).toBe(true);
    expect(looksLikeEnveloppe('034-213499908----7-1_0.xml')).toBe(false);
  });
});
