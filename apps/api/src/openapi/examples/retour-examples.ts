import { PREMIER_CONSTAT } from './constat-example';
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
  decisionEnCours: false,
  remarques: [],
};

/** Un accusé lu des yeux, qui attend une seconde personne. */
const DECISION = {
  id: '01940f2a-7c00-7000-8000-000000000003',
  retour: '01940f2a-7c00-7000-8000-000000000001',
  etat: 'proposed',
  libelle: 'Attend une seconde personne',
  nature: 'accuse',
  natureLibelle: 'Accusé de réception',
  transmission: '01940f2a-7c00-7000-8000-000000000002',
  deliberation: '01940f2a-7c00-7000-8000-000000000004',
  dateReception: '2022-11-02',
  identifiant: '034-213402761-20221020-2022-10-062-DE',
  code: null,
  detail: null,
  flux: null,
  dateCourrier: null,
  texte: null,
  lu: 'Acte reçu le 2 novembre 2022 sous le numéro 2022-10-062',
  auteur: { nom: 'Claire Martin', le: '2022-11-03T08:00:00.000Z', motif: 'Accusé imprimé puis numérisé' },
  cloture: null,
  attendu: 'Une seconde personne, d’un autre compte, lit le retour elle aussi, et confirme ou refuse.',
};
const CLOSE = {
  ...DECISION,
  cloture: { nom: 'Hugo Petit', le: '2022-11-03T09:30:00.000Z', motif: 'Relu avec la préfecture' },
  attendu: null,
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
  reprendreRetour: {
    'À lire de nouveau': {
      ...RETOUR,
      etat: 'received',
      libelle: 'Reçu',
    },
  },
  deciderRetour: {
    'Un accusé, qui attend une seconde personne': DECISION,
    'Une anomalie, appliquée aussitôt': {
      ...DECISION,
      etat: 'applied',
      libelle: 'Appliquée',
      nature: 'anomalie',
      natureLibelle: 'Anomalie : la préfecture refuse l’envoi',
      dateReception: null,
      identifiant: null,
      code: '007',
      detail: 'Fichier illisible',
      lu: 'Fichier illisible',
      attendu: null,
    },
  },
  listerDecisionsDeRetours: {
    'Une décision qui attend une seconde personne': { decisions: [DECISION], suivant: null },
  },
  lireDecisionDeRetour: { 'Une décision qui attend une seconde personne': DECISION },
  confirmerDecisionDeRetour: {
    'Confirmée, appliquée': { ...CLOSE, etat: 'applied', libelle: 'Appliquée' },
  },
  refuserDecisionDeRetour: { Refusée: { ...CLOSE, etat: 'refused', libelle: 'Refusée' } },
  retirerDecisionDeRetour: {
    'Retirée par son auteur': {
      ...CLOSE,
      etat: 'withdrawn',
      libelle: 'Retirée',
      cloture: {
        nom: 'Claire Martin',
        le: '2022-11-03T09:30:00.000Z',
        motif: 'J’avais lu la date de l’envoi',
      },
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
  reprendreReponse: {
    'La réponse est de nouveau en file': {
      ...LETTRE,
      etat: 'answering',
      etatLibelle: 'Réponse en route',
      reponsesPermises: [],
    },
  },
  retirerReponse: { 'La lettre attend de nouveau une réponse': LETTRE },
  constaterReponse: {
    'Un premier constat': { ...PREMIER_CONSTAT, transmission: '01940f2a-7c00-7000-8000-000000000002' },
  },
  classerCorrespondance: {
    'Un courrier simple, classé': {
      ...LETTRE,
      flux: '2-1',
      libelle: 'Courrier simple',
      etat: 'filed',
      etatLibelle: 'Classée sans suite',
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
