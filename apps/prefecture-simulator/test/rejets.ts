import {
  aBudget,
  aPdf,
  aPng,
  cutPdf,
  encryptedPdf,
  loginPage,
  sentenceNamingPdf,
  withoutPage,
} from '@teletransmission/testkit';
import type { Depot } from './an-archive';

/** Un dépôt fautif, et l'anomalie qu'il doit valoir. */
export interface Rejet {
  readonly quoi: string;
  readonly depot: Depot;
  readonly nature: string;
  readonly detail?: RegExp;
}

/** Le nom du premier fichier de ce motif. */
export const firstNamed = (fichiers: Map<string, Buffer>, motif: RegExp): string => {
  const nom = [...fichiers.keys()].find((candidat) => motif.test(candidat));
  if (nom === undefined) throw new Error(`Aucun fichier ${motif.source}.`);
  return nom;
};
const remove =
  (motif: RegExp) =>
  (fichiers: Map<string, Buffer>): void => {
    fichiers.delete(firstNamed(fichiers, motif));
  };
const replace =
  (motif: RegExp, contenu: string) =>
  (fichiers: Map<string, Buffer>): void => {
    fichiers.set(firstNamed(fichiers, motif), Buffer.from(contenu, 'latin1'));
  };
/** Remplace dans un XML, et échoue s'il n'y avait rien à remplacer. */
export const edit =
  (avant: string | RegExp, apres: string) =>
  (xml: string): string => {
    const change = xml.replace(avant, apres);
    if (change === xml) throw new Error(`Rien à remplacer : ${String(avant)}`);
    return change;
  };

/** Ce qui rejette l'archive entière, par règle, dans l'ordre de la table. */
export const rejetsEnveloppe: Readonly<Record<string, readonly Rejet[]>> = {
  'nom-archive': [
    { quoi: 'sans trigramme', depot: { nomArchive: 'TACT--213499908--20261124-1.tar.gz' }, nature: '003' },
    {
      quoi: 'avec un numéro nul',
      depot: { nomArchive: 'XYZ-TACT--213499908--20261124-0.tar.gz' },
      nature: '003',
    },
    {
      quoi: 'avec un jour impossible',
      depot: { nomArchive: 'XYZ-TACT--213499908--20260230-1.tar.gz' },
      nature: '003',
    },
    { quoi: 'en zip', depot: { nomArchive: 'XYZ-TACT--213499908--20261124-1.zip' }, nature: '003' },
  ],
  'archive-lisible': [
    {
      quoi: 'avec un chemin dans un nom',
      depot: { editFichiers: (f) => f.set('dossier/piece.pdf', Buffer.from('%PDF-')) },
      nature: '003',
      detail: /dossier\/piece\.pdf/,
    },
  ],
  'enveloppe-unique': [
    {
      quoi: 'sans enveloppe',
      depot: { editFichiers: remove(/^TACT/) },
      nature: '003',
      detail: /aucune enveloppe/,
    },
    {
      quoi: 'avec deux enveloppes',
      depot: { editFichiers: (f) => f.set('TACT--213499908--20261124-2.xml', Buffer.from('<a/>')) },
      nature: '003',
    },
    {
      quoi: "avec l'enveloppe d'une autre archive",
      depot: { nomArchive: 'XYZ-TACT--213499908--20261124-12.tar.gz' },
      nature: '003',
      detail: /20261124-12\.xml/,
    },
  ],
  'enveloppe-bien-formee': [
    { quoi: 'tronquée', depot: { editEnveloppe: (xml) => xml.slice(0, -40) }, nature: '003' },
    {
      quoi: 'précédée d’un DOCTYPE',
      depot: { editEnveloppe: edit('?>', '?><!DOCTYPE a [<!ENTITY x "y">]>') },
      nature: '003',
      detail: /DOCTYPE/,
    },
  ],
  'enveloppe-valide': [
    {
      quoi: 'sans adresses de retour',
      depot: { editEnveloppe: edit(/<actes:AdressesRetour>.*<\/actes:AdressesRetour>/, '') },
      nature: '004',
      detail: /AdressesRetour/,
    },
    {
      quoi: 'sans nature de collectivité',
      depot: { editEnveloppe: edit(' actes:Nature="31"', '') },
      nature: '004',
    },
    {
      quoi: 'avec un attribut sans préfixe',
      depot: { editEnveloppe: edit('actes:Nature="31"', 'Nature="31"') },
      nature: '004',
    },
    {
      quoi: 'avec une adresse refusée par le schéma',
      depot: { editEnveloppe: edit('retours@operateur.example.org', 'a+b@operateur.example.org') },
      nature: '005',
    },
    {
      quoi: 'sous une autre racine',
      depot: { editEnveloppe: (x) => x.replaceAll('CLMISILL', 'MISILLCL') },
      nature: '005',
    },
  ],
  emetteur: [
    {
      quoi: "d'un autre SIREN que le nom",
      depot: { editEnveloppe: edit('insee:SIREN="213499908"', 'insee:SIREN="213499916"') },
      nature: '005',
    },
  ],
  'collectivite-connue': [
    { quoi: 'inconnue, en mode strict', depot: {}, nature: '5', detail: /PREF-VERIF-02/ },
  ],
  'formulaires-presents': [
    { quoi: 'sans son formulaire', depot: { editFichiers: remove(/1-1_0\.xml$/) }, nature: '001' },
  ],
  'formulaires-nommes': [
    {
      quoi: 'avec un formulaire au nom répété',
      depot: { nomFormulaire: '034-213499908-20261120-2026_014-DE-2026_014-DE_0.xml' },
      nature: '001',
      detail: /ODT-VERIF-17/,
    },
    {
      quoi: 'avec un message que seule la préfecture envoie',
      depot: { nomFormulaire: '034-213499908-20261120-2026_014-DE-1-2_0.xml' },
      nature: '001',
    },
    {
      quoi: "avec le formulaire d'une autre collectivité",
      depot: { nomFormulaire: '034-213499916-20261120-2026_014-DE-1-1_0.xml' },
      nature: '001',
    },
  ],
};

/** Ce qui rejette un acte, par règle, dans l'ordre de la table. */
export const rejetsActe: Readonly<Record<string, readonly Rejet[]>> = {
  'documents-presents': [
    {
      quoi: 'sans son document',
      depot: { editFichiers: remove(/_1\.pdf$/) },
      nature: '006',
      detail: /est introuvable/,
    },
    { quoi: 'sans une annexe', depot: { annexes: 2, editFichiers: remove(/_3\.pdf$/) }, nature: '006' },
    {
      quoi: 'avec un fichier en trop',
      depot: { editFichiers: (f) => f.set('notes.txt', Buffer.from('x')) },
      nature: '006',
      detail: /notes\.txt/,
    },
  ],
  'message-valide': [
    {
      quoi: 'mal formé',
      depot: { editMessage: (xml) => xml.slice(0, -20) },
      nature: '005',
      detail: /bien formé/,
    },
    {
      quoi: 'sans objet',
      depot: { editMessage: edit(/<actes:Objet>.*<\/actes:Objet>/, '') },
      nature: '004',
      detail: /Objet/,
    },
    { quoi: "dont l'objet est vide", depot: { objet: ' ' }, nature: '004' },
    {
      quoi: 'sans DocumentPapier',
      depot: { editMessage: edit('<actes:DocumentPapier>N</actes:DocumentPapier>', '') },
      nature: '004',
    },
    {
      quoi: 'sans deuxième matière',
      depot: { editMessage: edit(/<actes:CodeMatiere2[^>]*>/, '') },
      nature: '004',
    },
    { quoi: "dont l'objet dépasse 500 caractères", depot: { objet: 'é'.repeat(501) }, nature: '005' },
    {
      quoi: 'dont la date n’existe pas',
      depot: { editMessage: edit('2026-11-20', '2026-02-30') },
      nature: '005',
    },
    {
      quoi: 'dont les champs sont dans le désordre',
      depot: { editMessage: edit(/(<actes:Objet>.*<\/actes:Objet>)\s*(<actes:Class.*Version>)/, '$2$1') },
      nature: '005',
    },
  ],
  'nature-connue': [{ quoi: 'de nature 9', depot: { nature: ['9', 'DE'] }, nature: '005' }],
  'nom-du-message': [
    {
      quoi: 'nommé DE et dont le contenu dit CC',
      depot: { editMessage: edit('CodeNatureActe="1"', 'CodeNatureActe="4"') },
      nature: '005',
      detail: /la nature DE, et l'acte CC/,
    },
    {
      quoi: 'nommé d’un autre numéro que le sien',
      depot: { editMessage: edit('NumeroInterne="2026_014"', 'NumeroInterne="2026_015"') },
      nature: '001',
      detail: /le numéro 2026_014, et l'acte 2026_015/,
    },
    {
      quoi: 'nommé d’un autre département que celui de l’émetteur',
      depot: { nomFormulaire: '030-213499908-20261120-2026_014-DE-1-1_0.xml' },
      nature: '005',
      detail: /le département 030, et l'acte 034/,
    },
    {
      quoi: 'nommé d’une date qui n’est ni la sienne ni celle de l’enveloppe',
      depot: { editMessage: edit('Date="2026-11-20"', 'Date="2026-11-19"') },
      nature: '005',
      detail: /la date 20261120, et l'acte 20261119/,
    },
  ],
  'classification-en-cours': [
    {
      quoi: 'sous une classification périmée',
      depot: { editMessage: edit('2019-08-29', '2018-11-28') },
      nature: '002',
      detail: /^ODT-VERIF-01 : .*2018-11-28/,
    },
  ],
  matieres: [
    { quoi: 'en 7.11', depot: { editMessage: edit('CodeMatiere="10"', 'CodeMatiere="11"') }, nature: '003' },
    { quoi: 'en 10.1', depot: { editMessage: edit('CodeMatiere="7"', 'CodeMatiere="10"') }, nature: '003' },
    {
      quoi: 'avec un niveau nul',
      depot: {
        editMessage: edit('<actes:Objet>', '<actes:CodeMatiere3 actes:CodeMatiere="0"/><actes:Objet>'),
      },
      nature: '003',
    },
  ],
  'types-de-piece': [
    {
      quoi: "typé comme un acte d'une autre nature",
      depot: { types: ['99_AI', '21_RP'] },
      nature: '007',
      detail: /99_AI/,
    },
    { quoi: 'annexé sous un type inconnu', depot: { annexes: 1, types: ['99_DE', 'ZZ_ZZ'] }, nature: '007' },
    {
      quoi: 'sans type de pièce',
      depot: {
        editMessage: edit('99_DE-', ''),
        editFichiers: (f: Map<string, Buffer>): void => {
          f.set(firstNamed(f, /^99_DE/).slice(6), aPdf());
          f.delete(firstNamed(f, /^99_DE/));
        },
      },
      nature: '007',
    },
  ],
  'nom-des-documents': [
    {
      quoi: 'dont le document porte le nom d’un autre acte',
      depot: {
        editMessage: edit('DE-1-1_1.pdf', 'CC-1-1_1.pdf'),
        editFichiers: (f: Map<string, Buffer>): void => {
          f.set(firstNamed(f, /_1\.pdf$/).replace('-DE-', '-CC-'), aPdf());
          f.delete(firstNamed(f, /-DE-1-1_1\.pdf$/));
        },
      },
      nature: '007',
      detail: /n'est pas celui d'un document de/,
    },
  ],
  formats: [
    ...(
      [
        ['coupé', cutPdf(), /n'est pas un PDF entier/],
        ['chiffré', encryptedPdf('secret'), /chiffré/],
        ['verrouillé', encryptedPdf(''), /chiffré/],
        ['sans page', withoutPage(), /aucune page/],
        ['fait d’une page web', loginPage(), /ne correspond pas à son extension/],
        ['fait d’une phrase qui parle d’un PDF', sentenceNamingPdf(), /n'est pas un PDF entier/],
        ['fait d’une image', aPng(), /ne correspond pas à son extension/],
        ['fait d’un document budgétaire', aBudget(), /ne correspond pas à son extension/],
      ] as const
    ).map(([quoi, contenu, detail]): Rejet => ({
      quoi,
      depot: { editFichiers: (f) => f.set(firstNamed(f, /_1\.pdf$/), contenu) },
      nature: '007',
      detail,
    })),
    {
      quoi: 'dont l’annexe est une image coupée',
      depot: {
        annexes: 1,
        editMessage: edit('_2.pdf', '_2.png'),
        editFichiers: (f: Map<string, Buffer>): void => {
          f.set(firstNamed(f, /_2\.pdf$/).replace('pdf', 'png'), aPng().subarray(0, 60));
          f.delete(firstNamed(f, /_2\.pdf$/));
        },
      },
      nature: '007',
      detail: /PNG entier/,
    },
    {
      quoi: 'budgétaire, non scellé',
      depot: {
        nature: ['5', 'BF'],
        types: ['99_BU', '70_DE'],
        editMessage: edit('_1.pdf', '_1.xml'),
        editFichiers: (f: Map<string, Buffer>): void => {
          f.set(firstNamed(f, /_1\.pdf$/).replace('pdf', 'xml'), aBudget({ sceau: null }));
          f.delete(firstNamed(f, /_1\.pdf$/));
        },
      },
      nature: '007',
      detail: /n'est pas scellé/,
    },
    { quoi: 'vide', depot: { editFichiers: replace(/_1\.pdf$/, '') }, nature: '007', detail: /vide/ },
    {
      quoi: 'qui n’est pas le PDF annoncé',
      depot: { editFichiers: replace(/_1\.pdf$/, 'PK\u0003\u0004') },
      nature: '007',
    },
    {
      quoi: 'en XML hors budget',
      depot: {
        editMessage: edit('-1-1_1.pdf', '-1-1_1.xml'),
        editFichiers: (f: Map<string, Buffer>): void => {
          f.set(firstNamed(f, /_1\.pdf$/).replace('pdf', 'xml'), Buffer.from('<a/>'));
          f.delete(firstNamed(f, /_1\.pdf$/));
        },
      },
      nature: '007',
    },
  ],
  'nombre-annexes': [
    {
      quoi: "dont le nombre d'annexes est faux",
      depot: { annexes: 2, editMessage: edit('Nombre="2"', 'Nombre="1"') },
      nature: '005',
    },
  ],
  'date-decision': [{ quoi: 'décidé demain', depot: { dateDecision: '2026-11-25' }, nature: '005' }],
  numerotation: [
    {
      quoi: 'sans numéro',
      depot: { numeroInterne: '' },
      nature: '001',
    },
    {
      quoi: 'dont le numéro finit par un tiret',
      depot: { numeroInterne: '2026-' },
      nature: '001',
    },
  ],
  'deja-transmis': [],
};
