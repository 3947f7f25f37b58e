import type { Examples } from './examples';

/** Les deux premières entrées d'une chaîne : leurs empreintes sont vraies, et se recalculent. */
const INSCRIPTION = {
  chaine: '01940f2a-7c00-7000-8000-0000000000c1',
  rang: 1,
  instant: '2022-09-01T08:00:00.000Z',
  sujet: 'collectivite',
  sujetId: '01940f2a-7c00-7000-8000-0000000000c1',
  deliberation: null,
  evenement: 'collectivite-registered',
  etatAvant: null,
  etatApres: null,
  acteurGenre: 'console',
  acteurId: null,
  acteurNom: null,
  motif: null,
  preuveTexte:
    '{"siren":"213402761","departement":"034","arrondissement":"3","natureCollectivite":"31","fuseau":"Europe/Paris","classificationDateVersion":"2019-08-29","tiretsPermis":true,"publicationAutomatique":false,"adresseDesActes":null}',
  empreintePrecedente: '0000000000000000000000000000000000000000000000000000000000000000',
  empreinte: '3b115aeb56da5d69df15c521e49fa28be12a7bc7472edcf5dd15cfa5a55f6a6a',
  acteur: 'console',
  preuve: {
    siren: '213402761',
    departement: '034',
    arrondissement: '3',
    natureCollectivite: '31',
    fuseau: 'Europe/Paris',
    classificationDateVersion: '2019-08-29',
    tiretsPermis: true,
    publicationAutomatique: false,
    adresseDesActes: null,
  },
  libelle: 'Collectivité inscrite ou mise à jour',
  detail: null,
};
const DEPOT = {
  chaine: '01940f2a-7c00-7000-8000-0000000000c1',
  rang: 2,
  instant: '2022-10-21T07:30:00.000Z',
  sujet: 'transmission',
  sujetId: '01940f2a-7c00-7000-8000-000000000002',
  deliberation: '01940f2a-7c00-7000-8000-000000000001',
  evenement: 'deposited',
  etatAvant: null,
  etatApres: 'queued',
  acteurGenre: 'compte',
  acteurId: '01940f2a-7c00-7000-8000-0000000000d1',
  acteurNom: 'Logiciel des actes',
  motif: null,
  preuveTexte:
    '{"identifiantActe":"034-213402761-20221020-2022-10-062-DE","votants":24,"pour":24,"contre":0,"abstentions":0,"empreintePiece0":"cad1025ae35dc50ecdc99fcd06982d9d5d7a5697cb2aeb643b42118c75acd366","empreintePiece1":"3352548ae67dc487cd5de1b43044005426f730e72ccb221e146005e9f4910932"}',
  empreintePrecedente: '3b115aeb56da5d69df15c521e49fa28be12a7bc7472edcf5dd15cfa5a55f6a6a',
  empreinte: 'd8a09022717f667dac72b2ea9d944d7c8469588222b37c556e298976bc737033',
  acteur: 'Logiciel des actes',
  preuve: {
    identifiantActe: '034-213402761-20221020-2022-10-062-DE',
    votants: 24,
    pour: 24,
    contre: 0,
    abstentions: 0,
    empreintePiece0: 'cad1025ae35dc50ecdc99fcd06982d9d5d7a5697cb2aeb643b42118c75acd366',
    empreintePiece1: '3352548ae67dc487cd5de1b43044005426f730e72ccb221e146005e9f4910932',
  },
  libelle: 'Délibération déposée',
  detail: '034-213402761-20221020-2022-10-062-DE',
};

/** L'historique d'un acte, celui de sa collectivité, et sa chaîne. */
export const HISTORY_EXAMPLES: Examples = {
  lireHistorique: { 'Le dépôt, première entrée de l’acte': { entrees: [DEPOT], suivant: null } },
  listerChaines: {
    'La chaîne d’une collectivité': {
      chaines: [
        {
          chaine: DEPOT.chaine,
          siren: '213402761',
          nom: 'Saint-Mathieu-de-Tréviers',
          rang: DEPOT.rang,
          empreinte: DEPOT.empreinte,
        },
      ],
      suivant: null,
    },
  },
  lireChaine: { 'L’inscription, puis le premier dépôt': { entrees: [INSCRIPTION, DEPOT], suivant: null } },
  lireHistoriqueCollectivite: {
    'L’inscription, puis le premier dépôt': { entrees: [INSCRIPTION, DEPOT], suivant: null },
  },
};
