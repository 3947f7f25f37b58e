/** Le titre d'une page de faute, et ce que la personne peut faire. */
export interface FaultText {
  readonly titre: string;
  readonly detail: string;
}

export const DEFECT_TEXT: FaultText = {
  titre: 'Le bureau a rencontré un défaut',
  detail: 'Il est déjà signalé. Recommencez dans quelques instants ; rien n’a été changé.',
};

export const MISSING_FILE_TEXT: FaultText = {
  titre: 'Fichier introuvable au dépôt',
  detail:
    'Son empreinte est connue, mais ses octets ne sont plus à leur place. Prévenez l’administrateur : il faut restaurer le dépôt de documents.',
};

const BY_STATUS: Readonly<Record<number, FaultText>> = {
  400: {
    titre: 'Demande illisible',
    detail: 'L’adresse ou le formulaire est incomplet. Reprenez depuis l’accueil.',
  },
  401: { titre: 'Jeton attendu', detail: 'Cette adresse ne s’ouvre qu’au jeton réglé pour elle.' },
  403: { titre: 'Accès refusé', detail: 'Votre compte ne permet pas de voir cette page.' },
  404: {
    titre: 'Page introuvable',
    detail: 'Il n’y a rien à cette adresse, ou votre compte ne permet pas de le voir.',
  },
  405: { titre: 'Action impossible ici', detail: 'Cette adresse n’admet pas cette action.' },
  413: { titre: 'Demande trop lourde', detail: 'Le formulaire envoyé dépasse ce que le bureau accepte.' },
  414: { titre: 'Adresse trop longue', detail: 'Raccourcissez la recherche et recommencez.' },
  415: { titre: 'Demande illisible', detail: 'Le bureau ne lit pas ce type de contenu.' },
};

/** Le texte d'un statut HTTP donné par le cadre ; ce qui n'est pas prévu est dit comme une demande illisible ou un défaut. */
export function faultTextOf(status: number): FaultText {
  return BY_STATUS[status] ?? (status < 500 ? (BY_STATUS[400] ?? DEFECT_TEXT) : DEFECT_TEXT);
}
