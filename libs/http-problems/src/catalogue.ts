import type { ProblemCode } from '@teletransmission/teletransmission';

/** Les refus qui naissent à la porte HTTP, hors de tout cas d'usage. */
export const HTTP_CODES = [
  'http/malformed',
  'http/unauthenticated',
  'http/not-found',
  'http/method-not-allowed',
  'http/not-acceptable',
  'http/too-slow',
  'http/precondition-failed',
  'http/too-large',
  'http/too-many-parts',
  'http/unsupported-media-type',
  'http/range-not-satisfiable',
  'http/too-many-requests',
  'http/too-much-in-flight',
  'http/headers-too-large',
  'service/unavailable',
  'service/defect',
] as const;

export type HttpCode = (typeof HTTP_CODES)[number];

export interface ProblemTitle {
  readonly status: number;
  /** Ne varie jamais pour un code ; ce qui varie est dans `detail`. */
  readonly title: string;
}

/** Le statut et le titre de chaque code. En oublier un ne compile pas : c'est ici, et ici seulement, que les refus deviennent HTTP. */
export const PROBLEM_TITLES: Readonly<Record<ProblemCode | HttpCode, ProblemTitle>> = {
  'compte/forbidden': { status: 403, title: 'Action non permise à ce compte' },
  'compte/other-collectivite': { status: 403, title: 'Collectivité hors de portée de ce compte' },
  'compte/unknown': { status: 404, title: 'Compte inconnu' },
  'collectivite/unknown': { status: 404, title: 'Collectivité non inscrite' },
  'collectivite/quota-reached': { status: 422, title: 'Quota de documents atteint' },
  'collectivite/invalid': { status: 422, title: 'Description de collectivité à corriger' },
  'deliberation/invalid': { status: 422, title: 'Dossier à corriger' },
  'deliberation/unknown': { status: 404, title: 'Délibération inconnue' },
  'journal/unknown-chain': { status: 404, title: 'Chaîne du journal inconnue' },
  'deliberation/ambiguous': { status: 409, title: 'Plusieurs délibérations répondent' },
  'deliberation/already-deposited': { status: 409, title: 'Acte déjà déposé' },
  'deliberation/number-cancelled': { status: 409, title: 'Numéro d’un acte annulé' },
  'piece/unopened': { status: 503, title: 'Document pas encore ouvert' },
  'idempotency/other-request': { status: 409, title: 'Clé d’idempotence déjà servie' },
  'transmission/unknown': { status: 404, title: 'Transmission inconnue' },
  'transmission/event-refused': { status: 409, title: 'Action impossible dans cet état' },
  'transmission/moved-meanwhile': { status: 409, title: 'État changé entre-temps' },
  'transmission/reason-missing': { status: 422, title: 'Motif manquant' },
  'transmission/reason-too-short': { status: 422, title: 'Motif trop court' },
  'transmission/reason-too-long': { status: 422, title: 'Motif trop long' },
  'texte/refused': { status: 422, title: 'Texte à corriger' },
  'transmission/archive-too-large': { status: 422, title: 'Archive trop lourde' },
  'transmission/turns-exhausted': { status: 409, title: 'Envois épuisés' },
  'retour/unknown': { status: 404, title: 'Retour inconnu' },
  'retour/event-refused': { status: 409, title: 'Action impossible sur ce retour' },
  'retour/moved-meanwhile': { status: 409, title: 'Retour changé entre-temps' },
  'decision/unknown': { status: 404, title: 'Décision inconnue' },
  'decision/invalid': { status: 422, title: 'Décision à corriger' },
  'decision/not-applicable': { status: 409, title: 'Décision que l’acte n’admet pas' },
  'decision/pending': { status: 409, title: 'Décision déjà proposée' },
  'decision/same-person': { status: 409, title: 'Une seconde personne est nécessaire' },
  'decision/not-author': { status: 409, title: 'Décision d’une autre personne' },
  'decision/closed': { status: 409, title: 'Décision déjà close' },
  'decision/reading-differs': { status: 409, title: 'Deux lectures différentes' },
  'decision/moved-meanwhile': { status: 409, title: 'Retour ou acte changé entre-temps' },
  'decision/lettre-known': { status: 409, title: 'Lettre déjà jointe' },
  'retour/act-settled': { status: 409, title: 'Acte qui n’attend plus de réponse' },
  'publication/event-refused': { status: 409, title: 'Publication déjà faite' },
  'publication/contended': { status: 409, title: 'Publication qui change' },
  'publication/unfounded': { status: 422, title: 'Publication sans adresse ni déclaration' },
  'publication/invalid-date': { status: 422, title: 'Date de publication refusée' },
  'classification/unknown': { status: 404, title: 'Pas encore de nomenclature' },
  'classification/already-asked': { status: 409, title: 'Nomenclature déjà demandée' },
  'classification/not-asked': { status: 409, title: 'Aucune demande de nomenclature en cours' },
  'correspondance/unknown': { status: 404, title: 'Courrier inconnu' },
  'correspondance/event-refused': { status: 409, title: 'Action impossible sur ce courrier' },
  'correspondance/unanswered': { status: 409, title: 'Aucune réponse déposée' },
  'correspondance/invalid-answer': { status: 422, title: 'Réponse à corriger' },
  'prefecture/unknown': { status: 404, title: 'Préfecture inconnue' },
  'prefecture/invalid': { status: 422, title: 'Réglage de préfecture à corriger' },
  'prefecture/already-paused': { status: 409, title: 'Envois déjà suspendus' },
  'prefecture/not-paused': { status: 409, title: 'Envois non suspendus' },
  'prefecture/moved-meanwhile': { status: 409, title: 'Préfecture réglée entre-temps' },
  'prefecture/archive-over-budget': { status: 422, title: 'Archive plus lourde que le budget de l’heure' },
  'archive/unknown': { status: 404, title: 'Pas encore d’archive' },
  'accuse/unknown': { status: 404, title: 'Pas encore d’accusé' },
  'anomalie/unknown': { status: 404, title: 'Anomalie inconnue' },
  'cursor/malformed': { status: 400, title: 'Curseur illisible' },
  'search/invalid': { status: 400, title: 'Critères à corriger' },
  'http/malformed': { status: 400, title: 'Demande illisible' },
  'http/unauthenticated': { status: 401, title: 'Jeton absent ou non reconnu' },
  'http/not-found': { status: 404, title: 'Adresse inconnue' },
  'http/method-not-allowed': { status: 405, title: 'Méthode non permise' },
  'http/not-acceptable': { status: 406, title: 'Aucune forme demandée n’est servie ici' },
  'http/too-slow': { status: 408, title: 'Demande trop lente à venir' },
  'http/precondition-failed': { status: 412, title: 'Contenu autre que celui nommé' },
  'http/too-large': { status: 413, title: 'Demande trop lourde' },
  'http/too-many-parts': { status: 413, title: 'Trop de parties dans la demande' },
  'http/unsupported-media-type': { status: 415, title: 'Type de contenu non pris' },
  'http/range-not-satisfiable': { status: 416, title: 'Étendue hors du contenu' },
  'http/too-many-requests': { status: 429, title: 'Trop de demandes' },
  'http/too-much-in-flight': { status: 429, title: 'Trop d’octets envoyés à la fois' },
  'http/headers-too-large': { status: 431, title: 'En-têtes trop longs' },
  'service/unavailable': { status: 503, title: 'Service momentanément indisponible' },
  'service/defect': { status: 500, title: 'Défaut du service' },
};

/** L'adresse stable d'un type de problème : une machine se fie à elle, jamais à un texte. */
export function problemTypeOf(code: string): string {
  return `urn:teletransmission:probleme:${code}`;
}
