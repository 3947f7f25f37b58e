export interface CauseAnomalie {
  readonly libelle: string;
  readonly cause: string;
  readonly correction: string;
  /** Faut-il renvoyer : jamais, après avoir corrigé, ou tel quel mais plus tard ? */
  readonly renvoiUtile: 'non' | 'apres-correction' | 'plus-tard';
}

/** Anomalies d'acte (`AnomalieActe/Nature`). La liste officielle est ouverte. */
export const CAUSES_ACTE: Readonly<Record<string, CauseAnomalie>> = {
  '001': {
    libelle: 'Acte déjà transmis ou numérotation fautive',
    cause:
      'Un acte de mêmes collectivité, date, numéro et nature a déjà été reçu, ou le numéro ne convient pas.',
    correction:
      "Cherchez le premier envoi : s'il est acquitté, il n'y a rien à faire ; sinon, donnez à l'acte un autre numéro.",
    renvoiUtile: 'non',
  },
  '002': {
    libelle: 'Classification périmée',
    cause: "La version de la classification portée par l'acte n'est plus celle de la préfecture.",
    correction:
      "Actualisez la classification (message 7-1), vérifiez la matière, puis refaites l'acte à la date en cours.",
    renvoiUtile: 'apres-correction',
  },
  '003': {
    libelle: 'Classification incomplète',
    cause: "La matière de l'acte manque, n'existe pas, ou n'est pas assez précise pour la préfecture.",
    correction: 'Choisissez une matière complète, jusqu’au dernier niveau que la préfecture propose.',
    renvoiUtile: 'apres-correction',
  },
  '004': {
    libelle: 'Champ obligatoire manquant',
    cause: "Le message de l'acte est arrivé sans l'un de ses champs obligatoires.",
    correction: 'Complétez le champ que le détail désigne, puis renvoyez.',
    renvoiUtile: 'apres-correction',
  },
  '005': {
    libelle: "Contenu d'un champ incorrect",
    cause: "L'un des champs de l'acte a une valeur que la préfecture n'admet pas.",
    correction: 'Corrigez le champ que le détail désigne, puis renvoyez.',
    renvoiUtile: 'apres-correction',
  },
  '006': {
    libelle: 'Fichier joint introuvable',
    cause:
      "Le message nomme un fichier qui n'était pas dans l'archive : c'est en général une faute de l'opérateur.",
    correction:
      "Refaites l'archive une fois ; si l'anomalie revient, prévenez l'opérateur de télétransmission.",
    renvoiUtile: 'apres-correction',
  },
  '007': {
    libelle: 'Fichier joint inutilisable',
    cause: 'Un fichier joint est illisible, verrouillé, infecté, trop gros ou d’un format refusé.',
    correction: 'Remplacez le fichier par un PDF sans mot de passe ni verrou, puis renvoyez.',
    renvoiUtile: 'apres-correction',
  },
  '999': {
    libelle: 'Autre anomalie',
    cause: "La préfecture n'a pas de code pour ce rejet : seul son détail l'explique.",
    correction: 'Lisez le détail ci-joint et corrigez en conséquence ; dans le doute, appelez la préfecture.',
    renvoiUtile: 'apres-correction',
  },
};

/** Anomalies d'enveloppe (`AnomalieEnveloppe/Nature`). 999 n'est pas dans le schéma mais se rencontre. */
export const CAUSES_ENVELOPPE: Readonly<Record<string, CauseAnomalie>> = {
  '001': {
    libelle: "Fichiers absents de l'archive",
    cause: "L'enveloppe annonce des messages que l'archive ne contenait pas.",
    correction: "Refaites l'archive ; si l'anomalie revient, prévenez l'opérateur de télétransmission.",
    renvoiUtile: 'apres-correction',
  },
  '002': {
    libelle: 'Fichiers joints inutilisables',
    cause: "Un fichier de l'archive est illisible, infecté ou d'un format refusé.",
    correction: 'Remplacez le fichier en cause, puis renvoyez dans une nouvelle enveloppe.',
    renvoiUtile: 'apres-correction',
  },
  '003': {
    libelle: 'Archive ou fichier mal formé',
    cause: "L'archive, son nom ou l'un de ses XML ne suit pas le format : c'est une faute de l'opérateur.",
    correction: "Prévenez l'opérateur de télétransmission ; rien ne sert de renvoyer avant sa correction.",
    renvoiUtile: 'apres-correction',
  },
  '004': {
    libelle: "Champ manquant dans l'enveloppe",
    cause: "L'enveloppe est arrivée sans l'un de ses champs obligatoires.",
    correction:
      'Complétez la fiche de la collectivité (SIREN, arrondissement, adresses de retour), puis renvoyez.',
    renvoiUtile: 'apres-correction',
  },
  '005': {
    libelle: "Contenu d'un champ de l'enveloppe incorrect",
    cause: "L'un des champs de l'enveloppe a une valeur que la plate-forme n'admet pas.",
    correction: 'Corrigez la fiche de la collectivité que le détail désigne, puis renvoyez.',
    renvoiUtile: 'apres-correction',
  },
  '100': {
    libelle: "Autre anomalie d'enveloppe",
    cause: "La plate-forme n'a pas de code pour ce rejet : seul son détail l'explique.",
    correction: 'Lisez le détail ci-joint et corrigez en conséquence ; dans le doute, appelez la préfecture.',
    renvoiUtile: 'apres-correction',
  },
  '999': {
    libelle: 'Enveloppe non reconnue',
    cause: "La plate-forme n'a pas su traiter l'enveloppe : seul son détail l'explique.",
    correction: "Lisez le détail et transmettez-le à l'opérateur de télétransmission.",
    renvoiUtile: 'apres-correction',
  },
};

/** Contrôles cités en tête du détail. Trois seulement sont connus ; il en existe d'autres. */
export const CAUSES_VERIF: Readonly<Record<string, CauseAnomalie>> = {
  'ODT-VERIF-01': {
    libelle: 'Date de classification périmée',
    cause: "L'acte porte une version de la classification que la préfecture a remplacée.",
    correction:
      "Actualisez la classification (message 7-1) : la date en cours est dans l'anomalie ; vérifiez la matière, puis renvoyez.",
    renvoiUtile: 'apres-correction',
  },
  'ODT-VERIF-17': {
    libelle: 'Transaction non reconnue',
    cause: "Un fichier de l'archive a un nom dont la plate-forme ne tire aucun type de message.",
    correction: "C'est une faute de nommage de l'opérateur : prévenez-le ; il faudra une nouvelle archive.",
    renvoiUtile: 'apres-correction',
  },
  'PREF-VERIF-02': {
    libelle: "SIREN pas encore enregistré dans l'application ACTES",
    cause:
      "La préfecture n'a pas (ou pas encore) inscrit la collectivité : convention à signer ou fiche à créer.",
    correction:
      'Renvoyez tel quel dans un jour ou deux ; au troisième rejet, appelez la préfecture pour qu’elle inscrive la collectivité.',
    renvoiUtile: 'plus-tard',
  },
};

/** Le sens sous lequel ranger chaque contrôle connu : celui de l'anomalie qui le porte d'ordinaire. */
export const CODES_DES_VERIFS: Readonly<Record<string, string>> = {
  'ODT-VERIF-01': '002',
  'ODT-VERIF-17': 'enveloppe-999',
  'PREF-VERIF-02': 'enveloppe-005',
};

/** Quand ni le code ni le contrôle ne sont connus : le dire, et montrer le texte reçu. */
export const CAUSE_INCONNUE: CauseAnomalie = {
  libelle: 'Anomalie de code inconnu',
  cause: "Ce code n'est pas dans les listes publiées : seul le détail reçu l'explique.",
  correction: 'Lisez le détail tel que la préfecture l’a écrit et appelez-la au besoin avant de renvoyer.',
  renvoiUtile: 'apres-correction',
};
