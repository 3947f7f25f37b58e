import type {
  ActeMessage,
  AnomalieEnveloppe,
  DepotActeInput,
  DonneesActe,
  EnveloppeAller,
  IdentifiantActeParts,
  MessageMetier,
  NumeroInterne,
} from '@teletransmission/actes';
import { buildIdentifiantActe, parseDepartement, parseNumeroInterne, parseSiren } from '@teletransmission/actes';
import type { Result } from '@teletransmission/kernel';
import { civilDate } from '@teletransmission/kernel';

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.problem.detail);
  return result.value;
}

/** L'acte de référence de tous les exemples : une délibération réelle, à numéro à tirets. */
export const OBJET =
  "EDUCATION - Convention de partenariat avec la Région Académique Occitanie pour la mise à disposition d'un environnement numérique de travail (ENT) aux usagers des écoles - Année scolaire 2022-2023 - Autorisation de signature";

export function referenceParts(numero = '2022-10-062'): IdentifiantActeParts & { readonly numeroInterne: NumeroInterne } {
  return {
    departement: value(parseDepartement('034')),
    siren: value(parseSiren('213402761')),
    dateDecision: civilDate('2022-10-20'),
    numeroInterne: value(parseNumeroInterne(numero, { tiretsPermis: true })),
    nature: 'DE',
  };
}

export function referenceDepot(): DepotActeInput {
  const { departement, siren, dateDecision, numeroInterne, nature } = referenceParts();
  return {
    trigramme: 'TLT',
    quadrigramme: 'EACT',
    jour: civilDate('2022-11-02'),
    numeroEnveloppe: 1,
    collectivite: {
      siren,
      departement,
      arrondissement: '3',
      natureCollectivite: '31',
      referent: { nom: 'Camille Exemple', telephone: '0400000000', email: 'actes@mairie.example.org' },
      adressesRetour: ['retour-actes@operateur.example.org', 'actes@mairie.example.org'],
    },
    acte: {
      dateDecision,
      numeroInterne,
      nature,
      matiere: [8, 1],
      objet: OBJET,
      classificationDateVersion: civilDate('2019-08-29'),
    },
    document: { extension: 'pdf', typePiece: '99_DE' },
    annexes: [{ extension: 'pdf', typePiece: '21_RP' }],
  };
}

export function referenceActe(numero?: string): ActeMessage {
  return { flux: '1-1', ...referenceDonnees(numero) };
}

function referenceDonnees(numero?: string): DonneesActe {
  const { dateDecision, numeroInterne } = referenceParts(numero);
  const nom = `034-213402761-20221020-${numeroInterne}-DE-1-1`;
  return {
    dateDecision,
    numeroInterne,
    codeNature: 1,
    matiere: [8, 1],
    objet: OBJET,
    classificationDateVersion: civilDate('2019-08-29'),
    document: { nomFichier: `99_DE-${nom}_1.pdf` },
    annexes: [{ nomFichier: `21_RP-${nom}_2.pdf` }],
    documentPapier: false,
  };
}

export function referenceEnveloppe(): EnveloppeAller {
  const { adressesRetour, ...emetteur } = referenceDepot().collectivite;
  return { emetteur, adressesRetour, formulaires: [{ nomFichier: '034-213402761-20221020-2022-10-062-DE-1-1_0.xml' }] };
}

export function referenceAnomalieEnveloppe(): AnomalieEnveloppe {
  return {
    date: civilDate('2022-11-02'),
    nature: '005',
    detail: 'TLT-EACT--213402761--20221102-1.tar.gz -> PREF-VERIF-02 : collectivité non enregistrée',
    enveloppeRecue: referenceEnveloppe(),
  };
}

/** Un message valide de chaque flux, à propos de l'acte de référence dont le numéro est donné. */
export function oneOfEachMessage(numero = '2022_10_062'): readonly MessageMetier[] {
  const identifiantActe = buildIdentifiantActe(referenceParts(numero));
  const acteRecu = referenceDonnees(numero);
  const lettre = { identifiantActe, dateCourrierPref: civilDate('2022-11-15') };
  const document = { nomFichier: `99_DE-${identifiantActe}-2-2_1.pdf` };
  const autre = { nomFichier: `21_RP-${identifiantActe}-3-4_2.pdf` };
  const dateReception = civilDate('2022-11-18');
  const classificationDateVersionEnCours = civilDate('2019-08-29');
  return [
    referenceActe(numero),
    { flux: '1-2', identifiantActe, dateReception: civilDate('2022-11-02'), acteRecu, classificationDateVersionEnCours },
    {
      flux: '1-3',
      date: civilDate('2022-11-02'),
      nature: '002',
      detail: "ODT-VERIF-01 : la date de classification de l'acte n'est pas la date en cours",
      acteRecu: { ...acteRecu, classificationDateVersion: civilDate('2018-11-28') },
      classificationDateVersionEnCours,
    },
    { flux: '2-1', ...lettre, document },
    { flux: '2-2', ...lettre, document },
    { flux: '3-1', ...lettre, descriptionPieces: 'La convention signée', document },
    { flux: '3-2', ...lettre },
    { flux: '3-3', ...lettre, document },
    { flux: '3-4', ...lettre, documents: [document, autre] },
    { flux: '3-5', dateReception, infosCourrierPref: lettre },
    { flux: '4-1', ...lettre, motif: 'La convention est antérieure à la délibération', document },
    { flux: '4-2', ...lettre },
    { flux: '4-3', ...lettre, document },
    { flux: '4-4', ...lettre, document },
    { flux: '4-5', dateReception, infosCourrierPref: lettre },
    { flux: '5-1', identifiantActe, dateDepot: civilDate('2022-12-30'), natureIllegalite: 'Incompétence', piecesJointes: [document] },
    { flux: '6-1', identifiantActe },
    { flux: '6-2', identifiantActe, dateReception },
    { flux: '7-1', dateClassification: civilDate('2018-11-28') },
    {
      flux: '7-2',
      dateClassification: civilDate('2019-08-29'),
      natures: [
        { code: 1, libelle: 'Délibérations', abrege: 'DE', typesPiece: [{ code: '99_DE', libelle: 'Délibération' }] },
        { libelle: 'Autres', abrege: 'AU', typesPiece: [{ code: '99_AU', libelle: 'Autre document' }] },
      ],
      matieres: [
        {
          code: 8,
          libelle: 'Domaines de compétences par thèmes',
          matieres: [{ code: 1, libelle: 'Enseignement', matieres: [{ code: 1, libelle: 'Écoles', matieres: [] }] }],
        },
      ],
    },
    { flux: '7-3', dateClassification: civilDate('2019-08-29') },
  ];
}
