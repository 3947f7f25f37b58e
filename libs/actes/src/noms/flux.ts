/** La paire transaction-message qui désigne un message métier. Il n'y a ni 1-4, ni 6-3. */
export type Flux =
  | '1-1'
  | '1-2'
  | '1-3'
  | '2-1'
  | '2-2'
  | '3-1'
  | '3-2'
  | '3-3'
  | '3-4'
  | '3-5'
  | '4-1'
  | '4-2'
  | '4-3'
  | '4-4'
  | '4-5'
  | '5-1'
  | '6-1'
  | '6-2'
  | '7-1'
  | '7-2'
  | '7-3';

export interface FluxDescription {
  /** Nom local de l'élément racine. */
  readonly racine: string;
  /** `aller` : de la collectivité vers l'État ; `retour` : l'inverse. */
  readonly sens: 'aller' | 'retour';
  /** Les flux auxquels celui-ci répond. */
  readonly repondA: readonly Flux[];
  /** Les flux qui mettent fin à l'attente de celui-ci ; vide : rien n'est attendu. */
  readonly closPar: readonly Flux[];
  /** L'accusé que l'opérateur renvoie de lui-même, dès réception. */
  readonly accuseAutomatique?: Flux;
  readonly libelle: string;
}

/** Le catalogue des messages métier. Une enveloppe n'est pas un message métier, ni son anomalie. */
export const FLUX: Readonly<Record<Flux, FluxDescription>> = {
  '1-1': {
    racine: 'Acte',
    sens: 'aller',
    repondA: [],
    closPar: ['1-2', '1-3'],
    libelle: "Transmission d'un acte",
  },
  '1-2': { racine: 'ARActe', sens: 'retour', repondA: ['1-1'], closPar: [], libelle: 'Accusé de réception' },
  '1-3': {
    racine: 'AnomalieActe',
    sens: 'retour',
    repondA: ['1-1'],
    closPar: [],
    libelle: "Anomalie d'acte",
  },
  '2-1': {
    racine: 'CourrierSimple',
    sens: 'retour',
    repondA: [],
    closPar: ['2-2'],
    libelle: 'Courrier simple',
  },
  '2-2': {
    racine: 'ReponseCourrierSimple',
    sens: 'aller',
    repondA: ['2-1'],
    closPar: [],
    libelle: 'Réponse à un courrier simple',
  },
  '3-1': {
    racine: 'DemandePieceComplementaire',
    sens: 'retour',
    repondA: [],
    closPar: ['3-3', '3-4'],
    accuseAutomatique: '3-2',
    libelle: 'Demande de pièces complémentaires',
  },
  '3-2': {
    racine: 'ARDemandePieceComplementaire',
    sens: 'aller',
    repondA: ['3-1'],
    closPar: [],
    libelle: "Accusé d'une demande de pièces complémentaires",
  },
  '3-3': {
    racine: 'RefusPieceComplementaire',
    sens: 'aller',
    repondA: ['3-1'],
    closPar: ['3-5'],
    libelle: "Refus d'envoyer des pièces complémentaires",
  },
  '3-4': {
    racine: 'PieceComplementaire',
    sens: 'aller',
    repondA: ['3-1'],
    closPar: ['3-5'],
    libelle: 'Envoi de pièces complémentaires',
  },
  '3-5': {
    racine: 'ARPieceComplementaire',
    sens: 'retour',
    repondA: ['3-3', '3-4'],
    closPar: [],
    libelle: "Accusé d'un envoi ou d'un refus de pièces",
  },
  '4-1': {
    racine: 'LettreObservations',
    sens: 'retour',
    repondA: [],
    closPar: ['4-3', '4-4'],
    accuseAutomatique: '4-2',
    libelle: "Lettre d'observations",
  },
  '4-2': {
    racine: 'ARLettreObservations',
    sens: 'aller',
    repondA: ['4-1'],
    closPar: [],
    libelle: "Accusé d'une lettre d'observations",
  },
  '4-3': {
    racine: 'RejetLettreObservations',
    sens: 'aller',
    repondA: ['4-1'],
    closPar: ['4-5'],
    libelle: "Rejet d'une lettre d'observations",
  },
  '4-4': {
    racine: 'ReponseLettreObservations',
    sens: 'aller',
    repondA: ['4-1'],
    closPar: ['4-5'],
    libelle: "Réponse à une lettre d'observations",
  },
  '4-5': {
    racine: 'ARReponseRejetLettreObservations',
    sens: 'retour',
    repondA: ['4-3', '4-4'],
    closPar: [],
    libelle: "Accusé d'une réponse ou d'un rejet",
  },
  '5-1': {
    racine: 'DefereTA',
    sens: 'retour',
    repondA: [],
    closPar: [],
    libelle: 'Déféré au tribunal administratif',
  },
  '6-1': {
    racine: 'Annulation',
    sens: 'aller',
    repondA: ['1-2'],
    closPar: ['6-2'],
    libelle: "Demande d'annulation",
  },
  '6-2': {
    racine: 'ARAnnulation',
    sens: 'retour',
    repondA: ['6-1'],
    closPar: [],
    libelle: "Accusé d'annulation",
  },
  '7-1': {
    racine: 'DemandeClassification',
    sens: 'aller',
    repondA: [],
    closPar: ['7-2', '7-3'],
    libelle: 'Demande de classification',
  },
  '7-2': {
    racine: 'RetourClassification',
    sens: 'retour',
    repondA: ['7-1'],
    closPar: [],
    libelle: 'Envoi de la classification',
  },
  '7-3': {
    racine: 'ReponseClassificationSansChangement',
    sens: 'retour',
    repondA: ['7-1'],
    closPar: [],
    libelle: 'Classification sans changement',
  },
};

/** Vrai si le texte est un flux du catalogue. */
export function isFlux(text: string): text is Flux {
  return Object.hasOwn(FLUX, text);
}

const BY_RACINE: ReadonlyMap<string, Flux> = new Map(
  (Object.keys(FLUX) as Flux[]).map((flux) => [FLUX[flux].racine, flux]),
);

/** Le flux dont cet élément est la racine, ou `undefined`. */
export function fluxOfRacine(racine: string): Flux | undefined {
  return BY_RACINE.get(racine);
}
