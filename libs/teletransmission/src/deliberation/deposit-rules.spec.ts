import type { Instant } from '@teletransmission/kernel';
import { civilDate } from '@teletransmission/kernel';
import { aCollectivite, aDossier, aStoredFile, referenceFiles } from '@teletransmission/testkit';
import type { Classification } from '../classification/classification';
import type { StoredFile } from './deliberation';
import type { DepositContext } from './deposit-rules';
import type { ReadDossier } from './deposit-rules';
import { readDossier, readDossierSiren } from './deposit-rules';

const TODAY = civilDate('2022-11-02');

const context = (changes: Partial<DepositContext> = {}): DepositContext => ({
  collectivite: aCollectivite(),
  classification: null,
  fichiers: referenceFiles(),
  today: TODAY,
  now: '2022-11-02T09:00:00.000Z' as Instant,
  reprises: null,
  ...changes,
});

/** Une préfecture qui a détaillé l'enseignement, inventé une matière, et restreint ses types de pièce. */
const RECUE: Classification = {
  collectiviteId: aCollectivite().id,
  dateVersion: civilDate('2022-10-15'),
  recueLe: '2022-10-16T00:00:00.000Z' as Instant,
  natures: [
    {
      code: 1,
      libelle: 'Délibérations',
      abrege: 'DE',
      typesPiece: [
        { code: '99_DE', libelle: 'Délibération' },
        { code: '81_CS', libelle: 'Carte scolaire' },
      ],
    },
  ],
  matieres: [
    {
      code: 8,
      libelle: 'Domaines par thèmes',
      matieres: [
        {
          code: 1,
          libelle: 'Enseignement',
          matieres: [
            { code: 1, libelle: 'Écoles', matieres: [] },
            { code: 2, libelle: 'Collèges', matieres: [] },
          ],
        },
        { code: 42, libelle: 'Transition', matieres: [] },
      ],
    },
  ],
};

const reading = (changes: Readonly<Record<string, unknown>> = {}): ReadDossier =>
  readDossier(aDossier(changes), context());

function faultsOf(
  changes: Readonly<Record<string, unknown>>,
  fichiers: readonly StoredFile[] = referenceFiles(),
  collectivite = aCollectivite(),
  classification: Classification | null = null,
): readonly string[] {
  const { violations } = readDossier(aDossier(changes), context({ fichiers, collectivite, classification }));
  return violations.map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('les règles du dépôt', () => {
  it('acceptent le dossier de référence, pièces rangées dans l’ordre', () => {
    expect(reading()).toMatchObject({
      violations: [],
      content: { numeroInterne: '2022-10-062', nature: 'DE', matiere: '8.1' },
      pieces: [
        { rang: 0, typePiece: '99_DE', nomFichier: 'extrait.pdf', signature: null },
        { rang: 1, typePiece: '99_DE', nomFichier: 'convention.pdf', signature: null },
      ],
    });
  });

  it('rendent toutes les fautes ensemble, chacune à sa place', () => {
    const faults = faultsOf({
      numeroInterne: '2022-10-062-BIS-1',
      objet: 'x'.repeat(501),
      dateDecision: '2022-02-30',
      matiere: '8.99',
      vote: { votants: 24, pour: 3, contre: 20, abstentions: 0 },
      document: { fichier: 'absent.pdf' },
      annexes: [{ fichier: 'convention.pdf', typePiece: '99_AR' }],
      remarque: 'en trop',
    });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      '/remarque',
      '/numeroInterne',
      '/dateDecision',
      '/objet',
      '/matiere',
      '/vote/votants',
      '/vote',
      '/document/fichier',
      '/annexes/0/typePiece',
      '',
    ]);
  });

  it('ne comptent pas l’objet en octets ni en demi-caractères', () => {
    expect(faultsOf({ objet: '🎉'.repeat(500) })).toEqual([]);
    expect(faultsOf({ objet: '🎉'.repeat(501) })).toEqual(['/objet objet/too-long']);
  });

  it.each(['œuvre à 45 €', 'l’été – « Noël »', 'fête 🎉'])('laissent passer « %s » tel quel', (objet) => {
    expect(reading({ objet }).content?.objet).toBe(objet);
  });

  it('refusent ce qu’aucun XML ne porte, avec la place', () => {
    expect(reading({ objet: 'avant\u0007après' }).violations).toMatchObject([
      { pointer: '/objet', code: 'objet/character-refused' },
    ]);
  });

  it.each([
    ['U+FFFD dans l’objet', { objet: 'D\ufffdlib\ufffdration' }, ['/objet objet/character-refused']],
    ['une moitié d’emoji dans l’objet', { objet: 'fête \ud83d' }, ['/objet objet/character-refused']],
    [
      'et toutes ses fautes à la fois',
      { objet: `\ufffd\n${'x'.repeat(500)}` },
      ['/objet objet/several-lines', '/objet objet/too-long', '/objet objet/character-refused'],
    ],
    ['U+FFFD dans le numéro', { numeroInterne: '2022\ufffd' }, ['/numeroInterne dossier/character-refused']],
    [
      'U+FFFD dans un type de pièce',
      { annexes: [{ fichier: 'convention.pdf', typePiece: '99_\ufffd' }] },
      ['/annexes/0/typePiece dossier/character-refused'],
    ],
  ])('refusent, par quelque porte qu’il entre, un texte déjà abîmé : %s', (_, changes, expected) => {
    expect([...new Set(faultsOf(changes))]).toEqual(expected);
  });

  it('refusent un nom de fichier abîmé, cité ou reçu, et disent d’où il vient', () => {
    const named = { document: { fichier: 'd\ufffdlib.pdf' }, annexes: [] };
    expect(faultsOf(named, [aStoredFile('délib.pdf')])).toEqual([
      '/document/fichier piece/name-refused',
      ' piece/not-cited',
    ]);
    const { violations } = readDossier(
      aDossier({ document: { fichier: 'délib.pdf' }, annexes: [] }),
      context({ fichiers: [aStoredFile('d\ufffdlib.pdf')] }),
    );
    expect(violations.map(({ code }) => code)).toEqual(['piece/missing', 'piece/name-refused']);
    expect(violations[1]?.detail).toContain('écrivez-le en UTF-8');
  });

  it('refusent un objet de plusieurs lignes', () => {
    expect(faultsOf({ objet: 'une\ndeux' })).toEqual(['/objet objet/several-lines']);
  });

  it('refusent une décision à venir, et acceptent celle du jour', () => {
    expect(faultsOf({ dateDecision: '2022-11-03' })).toEqual(['/dateDecision dossier/date-in-future']);
    expect(faultsOf({ dateDecision: '2022-11-02' })).toEqual([]);
  });

  it('refusent le tiret dans un numéro quand la collectivité ne l’a pas demandé', () => {
    const faults = faultsOf({}, referenceFiles(), aCollectivite({ tiretsPermis: false }));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^\/numeroInterne /);
  });

  it.each(['NFC', 'NFD'] as const)(
    'retrouve un fichier nommé en %s, de quelque main que vienne son nom',
    (form) => {
      const nom = 'Délibération signée.pdf';
      const other = form === 'NFC' ? 'NFD' : 'NFC';
      const dossier = aDossier({ document: { fichier: nom.normalize(form) }, annexes: [] });
      const read = readDossier(dossier, context({ fichiers: [aStoredFile(nom.normalize(other))] }));
      expect(read.violations).toEqual([]);
      expect(read.pieces).toMatchObject([{ nomFichier: nom }]);
      const twice = [aStoredFile(nom.normalize('NFC')), aStoredFile(nom.normalize('NFD'))];
      expect(readDossier(dossier, context({ fichiers: twice })).violations).toMatchObject([
        { code: 'piece/received-twice' },
      ]);
    },
  );

  it('exigent un fichier par pièce et une pièce par fichier', () => {
    expect(faultsOf({}, [aStoredFile('extrait.pdf')])).toEqual(['/annexes/0/fichier piece/missing']);
    expect(faultsOf({ annexes: [] })).toEqual([' piece/not-cited']);
    expect(faultsOf({ annexes: [{ fichier: 'extrait.pdf', typePiece: '99_DE' }] })).toEqual([
      '/annexes/0/fichier piece/cited-twice',
      ' piece/not-cited',
    ]);
  });

  it.each<[string, string, boolean | null]>([
    ['BF', '7.1', true],
    ['BF', '7.10', false],
    ['DE', '7.1', false],
    ['BF', '99.99', null],
    ['XX', '7.1', null],
  ])('disent si un acte de nature %s et de matière %s admet un XML : %j', (nature, matiere, isBudget) => {
    expect(reading({ nature, matiere }).isBudget).toBe(isBudget);
  });

  it('rendent les pièces à ouvrir, chacune à sa place, même celle dont le type est fautif', () => {
    const { pieces } = reading({ annexes: [{ fichier: 'convention.pdf', typePiece: '11_AE' }] });
    expect(pieces).toMatchObject([
      { rang: 0, nomFichier: 'extrait.pdf', pointer: '/document', champ: 'fichier', isMain: true },
      { rang: 1, nomFichier: 'convention.pdf', pointer: '/annexes/0', champ: 'fichier', isMain: false },
    ]);
  });

  it('exigent que chaque annexe ait un type permis à sa nature', () => {
    expect(faultsOf({ annexes: [{ fichier: 'convention.pdf' }] })).toEqual([
      '/annexes/0/typePiece dossier/missing',
    ]);
    expect(faultsOf({ annexes: [{ fichier: 'convention.pdf', typePiece: '11_AE' }] })[0]).toMatch(
      /^\/annexes\/0\/typePiece /,
    );
  });

  it('tiennent matière et types de pièce à la nomenclature de la préfecture, avec les autres fautes', () => {
    const changes = {
      objet: 'une\ndeux',
      matiere: '8.1.7',
      annexes: [{ fichier: 'convention.pdf', typePiece: '70_DE' }],
    };
    const { violations } = readDossier(aDossier(changes), context({ classification: RECUE }));
    expect(violations.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/objet objet/several-lines',
      '/matiere matiere/not-in-classification',
      '/annexes/0/typePiece type-piece/not-allowed',
    ]);
    expect(violations[1]?.detail).toBe(
      "La matière 8.1.7 n'est pas dans la nomenclature de la préfecture du 15/10/2022. Dans « 8.1 Enseignement », elle a : 8.1.1 (Écoles), 8.1.2 (Collèges). Déposez avec une matière de cette nomenclature.",
    );
    expect(violations[2]?.detail).toContain('99_DE, 81_CS');
  });

  it('acceptent ce que la préfecture a et que les listes nationales n’ont pas', () => {
    const files = referenceFiles();
    const typed = { annexes: [{ fichier: 'convention.pdf', typePiece: '81_CS' }] };
    expect(faultsOf({ matiere: '8.1.2', ...typed }, files, aCollectivite(), RECUE)).toEqual([]);
    expect(faultsOf({ matiere: '8.42' }, files, aCollectivite(), RECUE)).toEqual([]);
    expect(faultsOf({ matiere: '8.42', ...typed })).toEqual([
      '/matiere matiere/unknown',
      '/annexes/0/typePiece type-piece/unknown',
    ]);
  });

  it('s’en tiennent aux types nationaux d’une nature que la préfecture n’a pas détaillée', () => {
    const acte = { nature: 'AR', annexes: [{ fichier: 'convention.pdf', typePiece: '21_RP' }] };
    expect(faultsOf(acte, referenceFiles(), aCollectivite(), RECUE)).toEqual([]);
  });

  it('rapprochent chaque signature de son fichier, qui n’est ni une pièce ni un fichier de trop', () => {
    const p7s = aStoredFile('extrait.pdf.p7s');
    const document = { fichier: 'extrait.pdf', signature: 'extrait.pdf.p7s' };
    const read = readDossier(aDossier({ document }), context({ fichiers: [...referenceFiles(), p7s] }));
    expect(read.violations).toEqual([]);
    expect(read.pieces.map(({ signature }) => signature?.nomFichier)).toEqual(['extrait.pdf.p7s', undefined]);
    expect(faultsOf({ document })).toEqual(['/document/signature piece/missing']);
    expect(faultsOf({ document: { ...document, signature: 'extrait.pdf' } })).toEqual([
      '/document/signature piece/cited-twice',
    ]);
  });

  it('refusent des signatures qui, ensemble, rendraient le message illisible', () => {
    const p7s = aStoredFile('s.p7s', { tailleOctets: 3 * 1024 * 1024 + 1 });
    const document = { fichier: 'extrait.pdf', signature: 's.p7s' };
    expect(faultsOf({ document }, [...referenceFiles(), p7s])).toEqual([' piece/signatures-too-large']);
  });

  it('refusent plus de 150 Mio de fichiers avant de rien mettre en file', () => {
    const files = [
      aStoredFile('extrait.pdf'),
      aStoredFile('convention.pdf', { tailleOctets: 150 * 1024 * 1024 }),
    ];
    expect(faultsOf({}, files)).toEqual([' piece/too-large']);
  });

  it('comptent l’archive, plus lourde que les fichiers qu’elle porte', () => {
    const pesant = (octets: number): readonly string[] =>
      faultsOf({}, [
        aStoredFile('extrait.pdf', { tailleOctets: 1_000_000 }),
        aStoredFile('convention.pdf', { tailleOctets: octets - 1_000_000 }),
      ]);
    expect(pesant(150 * 1024 * 1024 - 10_000)).toEqual([' piece/too-large']);
    expect(pesant(150 * 1024 * 1024 - 100_000)).toEqual([]);
  });

  it('comptent aussi les pièces reprises, et celles qu’une autre faute arrête', () => {
    const files = [
      aStoredFile('extrait.pdf'),
      aStoredFile('convention.pdf', { tailleOctets: 150 * 1024 * 1024 }),
    ];
    const annexes = [{ fichier: 'convention.pdf', typePiece: 'inconnu' }];
    expect(faultsOf({ annexes }, files)).toEqual([
      '/annexes/0/typePiece type-piece/unknown',
      ' piece/too-large',
    ]);
    const [main, annexe] = referenceFiles();
    const reprises = [main, annexe].flatMap((file, rang) =>
      file
        ? [
            {
              ...file,
              rang,
              typePiece: '99_DE',
              format: 'pdf' as const,
              signature: null,
              remarques: [],
              tailleOctets: 80 * 1024 * 1024,
            },
          ]
        : [],
    );
    const dossier = aDossier({ document: { reprend: 0 }, annexes: [{ reprend: 1 }] });
    const { violations } = readDossier(dossier, context({ fichiers: [], reprises }));
    expect(violations.map(({ code }) => code)).toEqual(['piece/too-large']);
  });

  it('ne parcourent ni deux cent une annexes, ni cent mille', () => {
    const annexes = (count: number): unknown[] => Array.from({ length: count }, () => ({}));
    for (const count of [201, 340_000]) {
      const { violations } = readDossier(aDossier({ annexes: annexes(count) }), context());
      expect(violations.filter(({ pointer }) => pointer === '/annexes')).toEqual([
        {
          pointer: '/annexes',
          code: 'dossier/too-many',
          detail: `Cette liste compte ${count} éléments ; 200 au plus.`,
        },
      ]);
      expect(violations.filter(({ pointer }) => pointer === '/annexes/199/fichier')).toHaveLength(1);
      expect(violations.filter(({ pointer }) => pointer.startsWith('/annexes/200/'))).toEqual([]);
    }
  });

  it('admettent deux cents annexes, chacune signée', () => {
    const noms = Array.from({ length: 200 }, (_, index) => `a${index}.pdf`);
    const fichiers = [
      aStoredFile('extrait.pdf'),
      ...noms.flatMap((nom) => [aStoredFile(nom), aStoredFile(`${nom}.p7s`, { tailleOctets: 2_000 })]),
    ];
    const annexes = noms.map((fichier) => ({ fichier, typePiece: '99_DE', signature: `${fichier}.p7s` }));
    expect(faultsOf({ annexes }, fichiers)).toEqual([]);
  });

  it('ne citent que vingt des fichiers reçus', () => {
    const fichiers = Array.from({ length: 300 }, (_, index) => aStoredFile(`recu-${index}.pdf`));
    const { violations } = readDossier(aDossier(), context({ fichiers }));
    expect(violations[0]?.detail).toMatch(/recu-0.pdf, .*recu-19.pdf et 280 autres[.]$/);
  });

  it.each([
    ['collectivite', '/collectivite', 'dossier/too-long'],
    ['numeroInterne', '/numeroInterne', 'dossier/too-long'],
    ['dateDecision', '/dateDecision', 'dossier/too-long'],
    ['objet', '/objet', 'objet/too-long'],
    ['matiere', '/matiere', 'dossier/too-long'],
    ['pasAvant', '/pasAvant', 'dossier/too-long'],
    ['nature', '/nature', 'dossier/nature-unknown'],
  ])('bornent la longueur de « %s » sans la répéter', (field, pointer, code) => {
    const changes = { [field]: 'x'.repeat(500_000) };
    const { violations } = readDossier(aDossier(changes), context());
    const siren = readDossierSiren(aDossier(changes));
    const found = field === 'collectivite' && !siren.ok ? (siren.problem.violations ?? []) : violations;
    expect(found.map((one) => [one.pointer, one.code])).toEqual([[pointer, code]]);
    expect(JSON.stringify(found).length).toBeLessThan(1_000);
  });

  it('bornent les noms de fichiers et les types de pièce', () => {
    const long = 'x'.repeat(500_000);
    const changes = {
      document: { fichier: long, signature: 'y'.repeat(300) },
      annexes: [{ fichier: 'b\u202Efdp.pdf', typePiece: long }],
    };
    const { violations } = readDossier(
      aDossier(changes),
      context({ fichiers: [aStoredFile('z'.repeat(300))] }),
    );
    expect(violations.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/document/fichier dossier/too-long',
      '/document/signature piece/name-too-long',
      '/annexes/0/typePiece dossier/too-long',
      '/annexes/0/fichier piece/name-refused',
      ' piece/name-too-long',
    ]);
    expect(JSON.stringify(violations).length).toBeLessThan(2_000);
  });

  it('ne nomment que vingt champs inconnus, et comptent les autres', () => {
    const extra = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`champ${index}`, 0]));
    const { violations } = readDossier(aDossier({ ...extra, ['k'.repeat(10_000)]: 1 }), context());
    expect(violations).toHaveLength(21);
    expect(violations[20]?.detail).toContain('Et 99981 autres champs inconnus');
    expect(JSON.stringify(violations).length).toBeLessThan(10_000);
  });

  it.each([null, 42, 'texte', [], { collectivite: 213402761 }])(
    'ne se laissent pas surprendre par %j',
    (dossier) => {
      expect(readDossierSiren(dossier).ok).toBe(false);
      expect(readDossier(dossier, context({ fichiers: [] }))).toMatchObject({ content: null });
      expect(readDossier(dossier, context({ fichiers: [] })).violations).not.toEqual([]);
    },
  );

  it('refusent un SIREN dont la clé est fausse', () => {
    expect(readDossierSiren({ collectivite: '213402762' })).toMatchObject({
      ok: false,
      problem: { violations: [{ pointer: '/collectivite' }] },
    });
  });
});
