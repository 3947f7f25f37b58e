import type { Problem, Violation } from '@teletransmission/kernel';
import type { ProblemCode } from '@teletransmission/teletransmission';
import type { HttpCode, ProblemTitle } from './catalogue';
import { PROBLEM_TITLES, problemTypeOf } from './catalogue';

/** Un problème au sens de la RFC 9457, avec nos extensions. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance?: string;
  readonly code: string;
  readonly violations?: readonly Violation[];
  readonly [extension: string]: unknown;
}

const DEFECT: Problem = {
  code: 'service/defect',
  detail:
    'Le service a rencontré un défaut, déjà signalé. Recommencez plus tard ; rien n’a été enregistré à moitié.',
};

function titleOf(code: string): ProblemTitle | undefined {
  // `Object.hasOwn` : « constructor » n'est pas un code.
  return Object.hasOwn(PROBLEM_TITLES, code)
    ? PROBLEM_TITLES[code as keyof typeof PROBLEM_TITLES]
    : undefined;
}

/** Le corps d'une réponse de refus. Un code hors du catalogue est un défaut à nous : il n'en sort rien d'autre. */
export function problemDetailsOf(problem: Problem, traceId: string | null): ProblemDetails {
  const known = titleOf(problem.code) ? problem : DEFECT;
  const { status, title } = titleOf(known.code) ?? PROBLEM_TITLES['service/defect'];
  return {
    // Les faits d'abord : aucun ne peut prendre la place d'un champ de la norme.
    ...known.facts,
    type: problemTypeOf(known.code),
    title,
    status,
    detail: known.detail,
    ...(traceId === null ? {} : { instance: `urn:teletransmission:trace:${traceId}` }),
    code: known.code,
    ...(known.violations ? { violations: known.violations } : {}),
  };
}

const BY_STATUS: Readonly<Record<number, readonly [HttpCode | ProblemCode, string]>> = {
  400: ['http/malformed', 'La demande ne se lit pas : vérifiez son format.'],
  401: ['http/unauthenticated', 'Donnez un jeton valide : en-tête « Authorization: Bearer … ».'],
  403: ['compte/forbidden', 'Ce compte n’a pas le droit de faire cela. Demandez-le à un administrateur.'],
  404: ['http/not-found', 'Cette adresse n’existe pas. La liste des adresses est à /openapi.json.'],
  405: ['http/method-not-allowed', 'Cette adresse n’admet pas cette méthode.'],
  406: ['http/not-acceptable', 'L’en-tête Accept ne laisse aucune des formes que cette adresse sert.'],
  408: ['http/too-slow', 'La demande n’est pas venue à temps. Vérifiez la ligne, puis recommencez.'],
  412: ['http/precondition-failed', 'Le contenu n’est pas celui que nomme If-Match : relisez-le.'],
  413: ['http/too-large', 'La demande est plus lourde que ce que cette adresse prend. Allégez-la.'],
  415: ['http/unsupported-media-type', 'Envoyez du multipart/form-data (dépôt) ou du JSON.'],
  416: ['http/range-not-satisfiable', 'L’étendue demandée commence après la fin du contenu.'],
  429: ['http/too-many-requests', 'Trop de demandes : attendez avant de recommencer.'],
  431: [
    'http/headers-too-large',
    'L’adresse et les en-têtes de la demande sont trop longs : raccourcissez-les.',
  ],
  503: ['service/unavailable', 'Une dépendance du service est en panne. Recommencez dans quelques instants.'],
};

/** Le problème d'un statut HTTP donné par le cadre. */
export function problemOfStatus(status: number): Problem {
  const [code, detail] = BY_STATUS[status] ?? (status < 500 ? (BY_STATUS[400] ?? []) : []);
  return code !== undefined && detail !== undefined ? { code, detail } : DEFECT;
}
