import type { Examples } from './examples';

/** Un exemple de corps par opération et par cas : un essai les envoie tous, et chacun reçoit la réponse décrite. */
export const REQUEST_EXAMPLES: Examples = {
  deposerDeliberation: {
    'Une délibération et son annexe': {
      dossier: {
        collectivite: '213402761',
        numeroInterne: '2022-10-062',
        dateDecision: '2022-10-20',
        objet: 'Convention de partenariat pour un environnement numérique de travail',
        matiere: '8.1',
        vote: { votants: 24, pour: 22, contre: 1, abstentions: 1 },
        document: { fichier: 'extrait.pdf' },
        annexes: [{ fichier: 'convention.pdf', typePiece: '99_DE' }],
      },
      fichiers: ['extrait.pdf', 'convention.pdf'],
    },
    'Une délibération seule, transmise dès que possible': {
      dossier: {
        collectivite: '213402761',
        numeroInterne: '2022-10-063',
        nature: 'DE',
        dateDecision: '2022-10-20',
        objet: 'Tarifs de la cantine scolaire',
        matiere: '7.10',
        vote: { votants: 24, pour: 24, contre: 0, abstentions: 0 },
        pasAvant: null,
        document: { fichier: 'extrait.pdf', typePiece: '99_DE' },
      },
      fichiers: ['extrait.pdf'],
    },
  },
  corrigerDeliberation: {
    'La même pièce, un autre objet': {
      dossier: {
        motif: 'L’objet nommait une autre année',
        collectivite: '213402761',
        numeroInterne: '2022-10-064',
        dateDecision: '2022-10-20',
        objet: 'Convention de partenariat pour l’année 2023',
        matiere: '8.1',
        vote: { votants: 24, pour: 24, contre: 0, abstentions: 0 },
        document: { reprend: 0 },
        annexes: [],
      },
    },
    'Un document joint de nouveau': {
      dossier: {
        motif: 'Le scan était illisible',
        collectivite: '213402761',
        numeroInterne: '2022-10-065',
        dateDecision: '2022-10-20',
        objet: 'Convention de partenariat pour l’année 2022',
        matiere: '8.1',
        vote: { votants: 24, pour: 24, contre: 0, abstentions: 0 },
        document: { fichier: 'extrait.pdf' },
        annexes: [{ reprend: 1 }],
      },
      fichiers: ['extrait.pdf'],
    },
  },
  declarerPublication: {
    'Sur le site': {
      datePublication: '2022-10-21',
      adresse: 'https://commune.example.org/actes/2022-10-062',
    },
    'Par affichage': { datePublication: '2022-10-21', moyen: 'affichage' },
  },
  retenirTransmission: { 'Un doute': { motif: 'Le montant de l’annexe est à vérifier' } },
  reprendreTransmission: { 'Le doute est levé': { motif: 'Le montant est le bon' } },
  retirerTransmission: { 'Plus à transmettre': { motif: 'Acte repris au prochain conseil' } },
  demanderAnnulation: { 'Un acte transmis par erreur': { motif: 'Erreur sur le montant de la convention' } },
  constaterEnvoi: {
    'La préfecture l’a': { constat: 'presente', motif: 'Vue par la préfecture, au téléphone' },
    'La préfecture ne l’a pas': { constat: 'absente', motif: 'Rien au registre de la préfecture' },
  },
  relireRetour: { 'Après une mise à jour': { motif: 'Ce format se lit désormais' } },
  ecarterRetour: { 'Un retour d’essai': { motif: 'Envoyé par la préfecture pour un essai' } },
  reprendreRetour: { 'L’acte attend toujours': { motif: 'Mis de côté par erreur' } },
  deciderRetour: {
    'Un accusé': {
      deliberation: '01940f2a-7c00-7000-8000-000000000001',
      nature: 'accuse',
      empreinte: '4d3ead05be063672ddc9a0821c3a5ab79e16429f91dfe9b9ddd0e805c473dff3',
      lu: 'Acte reçu le 2 novembre 2022 sous le numéro 2022-10-062',
      dateReception: '2022-11-02',
      identifiant: '034-213402761-20221020-2022-10-062-DE',
      motif: 'Accusé imprimé puis numérisé',
    },
    'Une anomalie': {
      transmission: '01940f2a-7c00-7000-8000-000000000002',
      nature: 'anomalie',
      empreinte: '4d3ead05be063672ddc9a0821c3a5ab79e16429f91dfe9b9ddd0e805c473dff3',
      lu: 'Fichier illisible',
      code: '007',
      detail: 'Fichier illisible',
      motif: 'Le message est tronqué, le code se lit',
    },
    'Une lettre': {
      deliberation: '01940f2a-7c00-7000-8000-000000000001',
      nature: 'lettre',
      empreinte: '4d3ead05be063672ddc9a0821c3a5ab79e16429f91dfe9b9ddd0e805c473dff3',
      lu: 'Merci de transmettre le plan annexé',
      flux: '3-1',
      dateCourrier: '2022-11-05',
      texte: 'Le plan annexé',
      motif: 'Lettre jointe en image',
    },
    'Une information': {
      deliberation: '01940f2a-7c00-7000-8000-000000000001',
      nature: 'information',
      empreinte: '4d3ead05be063672ddc9a0821c3a5ab79e16429f91dfe9b9ddd0e805c473dff3',
      lu: 'Service fermé du 24 au 26 décembre',
      motif: 'Rien à faire pour cet acte',
    },
  },
  confirmerDecisionDeRetour: {
    'Le même jour, lu par une seconde personne': {
      dateReception: '2022-11-02',
      motif: 'Relu avec la préfecture, au téléphone',
    },
  },
  refuserDecisionDeRetour: { 'Une autre lecture': { motif: 'Le tampon porte un autre numéro' } },
  retirerDecisionDeRetour: { 'Une erreur de lecture': { motif: 'J’avais lu la date de l’envoi' } },
  rattacherRetour: {
    'À un acte': {
      deliberation: '01940f2a-7c00-7000-8000-000000000001',
      motif: 'Le tampon porte son numéro',
    },
    'À une transmission': {
      transmission: '01940f2a-7c00-7000-8000-000000000002',
      motif: 'Le tampon porte son numéro',
    },
  },
  repondreCorrespondance: {
    'Les pièces demandées': {
      dossier: { flux: '3-4', documents: [{ fichier: 'plan.pdf', typePiece: '99_DE' }] },
      fichiers: ['plan.pdf'],
    },
  },
  reprendreReponse: { 'Le quota est relevé': { motif: 'Le quota de la préfecture a été relevé' } },
  retirerReponse: { 'Le mauvais plan': { motif: 'Le plan joint est celui d’un autre acte' } },
  constaterReponse: {
    'La préfecture l’a': { constat: 'presente', motif: 'Vue par la préfecture, au téléphone' },
    'La préfecture ne l’a pas': { constat: 'absente', motif: 'Rien au registre de la préfecture' },
  },
  classerCorrespondance: { 'Rien à répondre': { motif: 'Simple information, lue par le secrétariat' } },
  prendreEnChargeDefere: { 'Confié à l’avocat': { motif: 'Transmis à l’avocat de la commune' } },
  abandonnerClassification: { 'La préfecture ne répond pas': { motif: 'Sans réponse depuis un mois' } },
  relierCollectivite: { 'À la directe': { liaison: 'directe', motif: 'Marché de télétransmission' } },
  suspendrePrefecture: { 'Une maintenance': { motif: 'Maintenance annoncée par la préfecture' } },
  reprendrePrefecture: { 'La maintenance est finie': { motif: 'Fin de la maintenance' } },
};
