import type { Examples } from './examples';

/** Que rien ne rattache. */
const RETOUR = {
  id: '01940f2a-7c00-7000-8000-000000000001',
  nom: 'TACT--SPREF0343-213402761-20221102-57.tar.gz',
  etat: 'unmatched',
  libelle: 'Non rattaché',
  recuLe: '2022-11-02T09:14:27.000Z',
  empreinte: '4d3ead05be063672ddc9a0821c3a5ab79e16429f91dfe9b9ddd0e805c473dff3',
  tailleOctets: 36,
  flux: null,
  transmission: null,
  code: null,
  explication: null,
  remarques: [],
};

/** Une demande de pièces. */
const LETTRE = {
  id: '01940f2a-7c00-7000-8000-000000000001',
  deliberation: '01940f2a-7c00-7000-8000-000000000002',
  identifiantActe: '034-213402761-20221020-2022-10-062-DE',
  flux: '3-1',
  libelle: 'Demande de pièces complémentaires',
  dateCourrier: '2022-11-05',
  texte: 'Le plan annexé',
  recueLe: '2022-11-02T09:14:27.000Z',
  echeance: null,
  etat: 'received',
  etatLibelle: 'À traiter',
  reponsesPermises: [
    { flux: '3-3', libelle: 'Refuser les pièces' },
    { flux: '3-4', libelle: 'Envoyer les pièces' },
  ],
  documents: [
    {
      rang: 0,
      nomFichier: 'demande.pdf',
      empreinte: '9452d1a9c204f02830042d01110c32eef42572e94cedcd5319ed3adee5d3ca15',
      tailleOctets: 48,
    },
  ],
};

/** Ce qui revient de la préfecture : les retours et les lettres. */
export const RETOUR_EXAMPLES: Examples = {
  listerRetours: { 'Un retour que rien ne rattache': { retours: [RETOUR], suivant: null } },
  lireRetour: { 'Un retour que rien ne rattache': RETOUR },
  relireRetour: {
    'À lire de nouveau': {
      ...RETOUR,
      etat: 'received',
      libelle: 'Reçu',
    },
  },
  ecarterRetour: {
    'Mis de côté': {
      ...RETOUR,
      etat: 'set-aside',
      libelle: 'Mis de côté',
    },
  },
  rattacherRetour: {
    'À lire de nouveau': {
      ...RETOUR,
      etat: 'received',
      libelle: 'Reçu',
    },
  },
  listerRelevesEnEchec: {
    'Un retour qui ne se donne pas': {
      releves: [
        {
          id: '01940f2a-7c00-7000-8000-000000000001',
          source: 'directe',
          identite: '5279',
          nom: null,
          extrait: null,
          premierEchecLe: '2022-11-02T09:14:27.000Z',
          dernierEchecLe: '2022-11-02T10:14:27.000Z',
          echecs: 3,
          code: 'prefecture/unexpected-answer',
          explication: 'La préfecture répond 404 à ce retour qu’elle annonce.',
          prochaineLe: '2022-11-02T12:14:27.000Z',
        },
      ],
      suivant: null,
    },
  },
  listerCorrespondances: { 'Une demande de pièces': { correspondances: [LETTRE] } },
  lireCorrespondance: { 'Une demande de pièces': LETTRE },
  repondreCorrespondance: {
    'La réponse est en file': {
      ...LETTRE,
      etat: 'answering',
      etatLibelle: 'Réponse en route',
      reponsesPermises: [],
    },
  },
  prendreEnChargeDefere: {
    'Un déféré pris en charge': {
      ...LETTRE,
      flux: '5-1',
      libelle: 'Déféré au tribunal administratif',
      etat: 'taken',
      etatLibelle: 'Pris en charge',
      reponsesPermises: [],
    },
  },
};
