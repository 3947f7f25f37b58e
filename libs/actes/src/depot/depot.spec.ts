import { buffer } from 'node:stream/consumers';
import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { civilDate } from '@teletransmission/kernel';
import { referenceDepot } from '../../../../test/golden/actes/reference-acte';
import type { ArchiveAller, FichierArchive } from '../archive/check-archive-aller';
import { checkArchiveAller } from '../archive/check-archive-aller';
import { packArchive } from '../archive/pack-archive';
import { readArchive } from '../archive/read-archive';
import { buildDepotActe } from './build-depot-acte';
import type { DepotActe, DepotActeInput } from './depot-acte';

function built(input: DepotActeInput = referenceDepot()): DepotActe {
  const depot = buildDepotActe(input);
  if (!depot.ok) throw new Error(depot.problem.detail);
  return depot.value;
}

function violationsOf(input: DepotActeInput): readonly string[] {
  const depot = buildDepotActe(input);
  return depot.ok ? [] : (depot.problem.violations ?? []).map(({ code }) => code);
}

function archiveOf(depot: DepotActe): ArchiveAller & { fichiers: FichierArchive[] } {
  const xml = [depot.enveloppe, depot.message].map(({ nom, octets }) => ({
    nom,
    tailleOctets: octets.byteLength,
    octets,
  }));
  const documents = depot.documents.map((nom) => ({ nom, tailleOctets: 1000 }));
  return {
    nomArchive: depot.nomArchive,
    fichiers: [...xml, ...documents],
    trigramme: 'TLT',
    quadrigramme: 'EACT',
  };
}

const codes = (archive: ArchiveAller): readonly string[] =>
  checkArchiveAller(archive).map(({ code }) => code);

describe('buildDepotActe', () => {
  it('nomme tout d’après la décision, et l’enveloppe d’après son jour', () => {
    const depot = built();
    expect(depot).toMatchObject({
      nomArchive: 'TLT-EACT--213402761--20221102-1.tar.gz',
      identifiantActe: '034-213402761-20221020-2022-10-062-DE',
      enveloppe: { nom: 'EACT--213402761--20221102-1.xml' },
      message: { nom: '034-213402761-20221020-2022-10-062-DE-1-1_0.xml' },
      documents: [
        '99_DE-034-213402761-20221020-2022-10-062-DE-1-1_1.pdf',
        '21_RP-034-213402761-20221020-2022-10-062-DE-1-1_2.pdf',
      ],
    });
  });

  it.each(['2024-12-29', '2024-12-30', '2024-12-31', '2025-01-01'])(
    'porte l’année du %s, non celle de sa semaine',
    (day) => {
      const input = referenceDepot();
      const depot = built({
        ...input,
        jour: civilDate(day),
        acte: { ...input.acte, dateDecision: civilDate(day) },
      });
      expect(depot.identifiantActe.split('-')[2]).toBe(day.replaceAll('-', ''));
      expect(depot.nomArchive).toContain(`--${day.replaceAll('-', '')}-`);
    },
  );

  it('donne les mêmes octets pour la même entrée', () => {
    expect(built()).toEqual(built());
  });

  it('réduit à une les adresses de retour répétées', () => {
    const input = referenceDepot();
    const adressesRetour = ['a@mairie.example.org', 'A@mairie.example.org', 'b@mairie.example.org'];
    const { octets } = built({ ...input, collectivite: { ...input.collectivite, adressesRetour } }).enveloppe;
    expect(
      Buffer.from(octets)
        .toString('latin1')
        .match(/example\.org<\/actes:Email>\s*<actes:Email>/g),
    ).toHaveLength(1);
  });

  it('dit toutes les fautes à la fois', () => {
    const input = referenceDepot();
    expect(
      violationsOf({
        ...input,
        trigramme: 'tl',
        quadrigramme: 'XACT',
        numeroEnveloppe: 10_000,
        document: { extension: 'docx', typePiece: '99_AR' },
        annexes: [{ extension: 'pdf', typePiece: 'ZZ_ZZ' }],
        acte: { ...input.acte, objet: '', matiere: [8] },
        collectivite: { ...input.collectivite, arrondissement: '12', adressesRetour: [] },
      }),
    ).toEqual([
      'depot/trigramme',
      'depot/quadrigramme',
      'depot/numero-enveloppe',
      'matiere/incomplete',
      'depot/extension',
      'type-piece/not-allowed',
      'type-piece/unknown',
      'xml/element-manquant',
      'regle/objet-vide',
      'xml/valeur-invalide',
      'xml/element-manquant',
    ]);
  });

  it('n’admet un XML pour document principal que d’un budget', () => {
    const input = referenceDepot();
    const document = { extension: 'xml', typePiece: '99_DE' };
    expect(violationsOf({ ...input, document })).toEqual(['depot/document-xml']);
    const acte = { ...input.acte, nature: 'BF' as const, matiere: [7, 1] };
    const annexes = [{ extension: 'pdf', typePiece: '70_DE' }];
    expect(
      violationsOf({ ...input, acte, document: { extension: 'xml', typePiece: '99_BU' }, annexes }),
    ).toEqual([]);
  });

  it.each(['02A', '02B', '971', '974', '976', '987', '988'])(
    'compose pour le département %s',
    (departement) => {
      const input = referenceDepot();
      const collectivite = {
        ...input.collectivite,
        departement: departement as typeof input.collectivite.departement,
      };
      expect(built({ ...input, collectivite }).message.nom.startsWith(`${departement}-213402761-`)).toBe(
        true,
      );
    },
  );

  it('fait avec packArchive une archive que readArchive et checkArchiveAller acceptent', async () => {
    const depot = built();
    const pdf = Buffer.from('%PDF-1.7');
    const files = [
      depot.enveloppe,
      depot.message,
      ...depot.documents.map((nom) => ({ nom, octets: pdf })),
    ].map(({ nom, octets }) => ({
      nom,
      tailleOctets: octets.byteLength,
      compresser: nom.endsWith('.xml'),
      open: () => Readable.from([Buffer.from(octets)]),
    }));
    const fichiers: FichierArchive[] = [];
    const result = await readArchive(packArchive(files), async (nom, tailleOctets, contenu) => {
      fichiers.push({
        nom,
        tailleOctets,
        ...(nom.endsWith('.xml') ? { octets: await buffer(contenu) } : {}),
      });
    });
    expect(result.ok).toBe(true);
    expect(checkArchiveAller({ nomArchive: depot.nomArchive, fichiers })).toEqual([]);
  });
});

describe('checkArchiveAller', () => {
  const depot = built();
  const good = archiveOf(depot);
  const [enveloppe, message, principal, annexe] = good.fichiers;
  if (!enveloppe || !message || !principal || !annexe) throw new Error('Quatre fichiers sont attendus');
  const altered = (fichier: FichierArchive, from: string, to: string): FichierArchive => ({
    ...fichier,
    octets: Buffer.from(
      Buffer.from(fichier.octets ?? [])
        .toString('latin1')
        .replaceAll(from, to),
      'latin1',
    ),
  });

  it('n’a rien à redire d’un dépôt composé', () => {
    expect(checkArchiveAller(good)).toEqual([]);
  });

  it.each<[string, ArchiveAller, readonly string[]]>([
    ['le nom n’est pas celui d’une archive', { ...good, nomArchive: 'archive.tar.gz' }, ['archive/name']],
    ['le trigramme est celui d’un autre', { ...good, trigramme: 'SLO' }, ['archive/trigramme']],
    ['l’environnement est celui d’essai', { ...good, quadrigramme: 'TACT' }, ['archive/quadrigramme']],
    ['l’archive est trop grosse', { ...good, tailleOctets: 150 * 1024 * 1024 + 1 }, ['archive/too-large']],
    ['l’enveloppe manque', { ...good, fichiers: [message, principal, annexe] }, ['archive/enveloppe-count']],
    [
      'l’enveloppe n’est pas la première',
      { ...good, fichiers: [message, enveloppe, principal, annexe] },
      ['archive/order'],
    ],
    [
      'les documents sont dans le désordre',
      { ...good, fichiers: [enveloppe, message, annexe, principal] },
      ['archive/order'],
    ],
    [
      'l’enveloppe a un autre numéro que l’archive',
      { ...good, nomArchive: 'TLT-EACT--213402761--20221102-10.tar.gz' },
      ['archive/enveloppe-name'],
    ],
    [
      'le message manque',
      { ...good, fichiers: [enveloppe, principal, annexe] },
      ['archive/missing-file', 'archive/unexpected-file', 'archive/unexpected-file'],
    ],
    ['une annexe manque', { ...good, fichiers: [enveloppe, message, principal] }, ['archive/missing-file']],
    [
      'un fichier n’est annoncé par personne',
      { ...good, fichiers: [...good.fichiers, { nom: 'x.pdf', tailleOctets: 1 }] },
      ['archive/unexpected-file'],
    ],
    [
      'un document est vide',
      { ...good, fichiers: [enveloppe, message, principal, { ...annexe, tailleOctets: 0 }] },
      ['archive/empty-file'],
    ],
    [
      'un fichier revient deux fois',
      { ...good, fichiers: [...good.fichiers, annexe] },
      ['archive/duplicate-name', 'archive/order'],
    ],
    [
      'le nombre d’annexes est faux',
      { ...good, fichiers: [enveloppe, altered(message, 'Nombre="1"', 'Nombre="2"'), principal, annexe] },
      ['regle/annexes-nombre'],
    ],
    [
      'le numéro du message n’est pas celui de son nom',
      {
        ...good,
        fichiers: [
          enveloppe,
          altered(message, 'NumeroInterne="2022-10-062"', 'NumeroInterne="2022-10-063"'),
          principal,
          annexe,
        ],
      },
      ['archive/message-identity'],
    ],
    [
      'la collectivité de l’enveloppe n’est pas celle des noms',
      { ...good, fichiers: [altered(enveloppe, '213402761"', '213401722"'), message, principal, annexe] },
      ['archive/siren', 'archive/message-identity'],
    ],
    [
      'un type de pièce n’est pas admis pour la nature',
      {
        ...good,
        fichiers: [
          enveloppe,
          altered(message, '21_RP-', '99_AI-'),
          principal,
          { ...annexe, nom: annexe.nom.replace('21_RP-', '99_AI-') },
        ],
      },
      ['archive/type-piece'],
    ],
    [
      'le message n’a pas été lu',
      { ...good, fichiers: [enveloppe, { nom: message.nom, tailleOctets: 1 }, principal, annexe] },
      ['archive/unread-xml', 'archive/unexpected-file', 'archive/unexpected-file'],
    ],
  ])('dit que %s', (_title, archive, expected) => {
    expect(codes(archive)).toEqual(expected);
  });
});
