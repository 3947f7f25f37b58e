import type { RouteDescription } from './routes';

/** Ce dont traite une adresse. */
export const TAGS = {
  Dépôt: 'Déposer une délibération adoptée, la corriger, dire sa publication',
  Suivi: 'Savoir où en est un acte, et de quoi le prouver',
  Décisions: 'Ce qu’une personne décide d’une transmission, avec son motif',
  Retours: 'Ce qui est revenu de la préfecture, et ce que le bac attend d’une personne',
  Courriers: 'Les lettres de la préfecture, et nos réponses',
  Nomenclature: 'Celle que la préfecture donne à une collectivité',
  Exploitation: 'Ce qui demande une personne, l’état des liaisons et du service',
} as const;

export type Tag = keyof typeof TAGS;

interface Operation {
  /** Le nom qu'une bibliothèque générée donne à l'appel : il ne change jamais. */
  readonly operationId: string;
  readonly tag: Tag;
}

const ACTE = '/v1/deliberations/{id}';
const DECISION = '/v1/decisions-de-retours/{id}';
const LETTRE = '/v1/correspondances/{id}';
const SIREN = '/v1/collectivites/{siren}';

const NAMES: Readonly<Record<Tag, Readonly<Record<string, string>>>> = {
  Dépôt: {
    'post /v1/deliberations': 'deposerDeliberation',
    [`post ${ACTE}/correction`]: 'corrigerDeliberation',
    [`post ${ACTE}/publication`]: 'declarerPublication',
  },
  Suivi: {
    'get /v1/deliberations': 'listerDeliberations',
    [`get ${ACTE}`]: 'suivreDeliberation',
    [`get ${ACTE}/archive`]: 'lireArchive',
    [`get ${ACTE}/accuse`]: 'lireAccuse',
    [`get ${ACTE}/annulation/accuse`]: 'lireAccuseAnnulation',
    [`get ${ACTE}/anomalies`]: 'listerAnomalies',
    [`get ${ACTE}/anomalies/{rang}`]: 'lireAnomalie',
    [`get ${ACTE}/historique`]: 'lireHistorique',
    [`get ${SIREN}/historique`]: 'lireHistoriqueCollectivite',
    'get /v1/journal/chaines': 'listerChaines',
    'get /v1/journal/chaines/{chaine}/historique': 'lireChaine',
    'get /v1/accuses': 'listerAccuses',
    'get /v1/accuses.csv': 'exporterAccuses',
  },
  Décisions: {
    [`post ${ACTE}/retenue`]: 'retenirTransmission',
    [`post ${ACTE}/reprise`]: 'reprendreTransmission',
    [`post ${ACTE}/retrait`]: 'retirerTransmission',
    [`post ${ACTE}/annulation`]: 'demanderAnnulation',
    [`post ${ACTE}/constat`]: 'constaterEnvoi',
  },
  Retours: {
    'get /v1/retours': 'listerRetours',
    'get /v1/retours/{id}': 'lireRetour',
    'get /v1/retours/{id}/contenu': 'lireContenuRetour',
    'post /v1/retours/{id}/relecture': 'relireRetour',
    'post /v1/retours/{id}/mise-de-cote': 'ecarterRetour',
    'post /v1/retours/{id}/rattachement': 'rattacherRetour',
    'post /v1/retours/{id}/reprise': 'reprendreRetour',
    'post /v1/retours/{id}/decision': 'deciderRetour',
    'get /v1/decisions-de-retours': 'listerDecisionsDeRetours',
    [`get ${DECISION}`]: 'lireDecisionDeRetour',
    [`post ${DECISION}/confirmation`]: 'confirmerDecisionDeRetour',
    [`post ${DECISION}/refus`]: 'refuserDecisionDeRetour',
    [`post ${DECISION}/retrait`]: 'retirerDecisionDeRetour',
    'get /v1/releves-en-echec': 'listerRelevesEnEchec',
  },
  Courriers: {
    [`get ${ACTE}/correspondances`]: 'listerCorrespondances',
    [`get ${LETTRE}`]: 'lireCorrespondance',
    [`get ${LETTRE}/documents/{rang}`]: 'lireDocumentCorrespondance',
    [`post ${LETTRE}/reponse`]: 'repondreCorrespondance',
    [`post ${LETTRE}/reponse/reprise`]: 'reprendreReponse',
    [`post ${LETTRE}/reponse/retrait`]: 'retirerReponse',
    [`post ${LETTRE}/reponse/constat`]: 'constaterReponse',
    [`post ${LETTRE}/prise-en-charge`]: 'prendreEnChargeDefere',
    [`post ${LETTRE}/classement`]: 'classerCorrespondance',
  },
  Nomenclature: {
    [`get ${SIREN}/classification`]: 'lireClassification',
    [`get ${SIREN}/classification/message`]: 'lireMessageNomenclature',
    [`post ${SIREN}/classification`]: 'demanderClassification',
    [`post ${SIREN}/classification/abandon`]: 'abandonnerClassification',
  },
  Exploitation: {
    'get /v1/alertes': 'listerAlertes',
    'get /v1/prefectures': 'listerPrefectures',
    'post /v1/prefectures/{departement}/pause': 'suspendrePrefecture',
    'post /v1/prefectures/{departement}/reprise': 'reprendrePrefecture',
    'get /v1/liaisons': 'listerLiaisons',
    [`post ${SIREN}/rattachement`]: 'relierCollectivite',
    'get /openapi.json': 'lireDescription',
    'get /health/live': 'sonderVie',
    'get /health/ready': 'sonderEtat',
    'get /metrics': 'lireMetriques',
  },
};

const BY_ROUTE = new Map(
  Object.entries(NAMES).flatMap(([tag, names]) =>
    Object.entries(names).map(([route, operationId]) => [route, { operationId, tag: tag as Tag }] as const),
  ),
);

/** Le nom d'une opération, et ce dont elle traite. @throws Error pour une route que cette table ne nomme pas */
export function operationNameOf({ method, path }: RouteDescription): Operation {
  const named = BY_ROUTE.get(`${method} ${path}`);
  if (!named) throw new Error(`Route sans nom d’opération : ${method} ${path}`);
  return named;
}
