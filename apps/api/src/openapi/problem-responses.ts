import { PROBLEM_TITLES, problemDetailsOf, problemOfStatus } from '@teletransmission/http-problems';
import { isDocument, problemHeaders } from './response-headers';
import type { RouteDescription } from './routes';

type Json = Record<string, unknown>;

const EXAMPLE_TRACE = '0af7651916cd43dd8448eb211c80319c';

/** Ce que toute adresse peut répondre, et ce que toute adresse qui demande un compte peut répondre. */
const EVERYWHERE = [400, 405, 406, 408, 429, 431];
const WITH_COMPTE = [401, 500, 503];
const OF_DOCUMENTS = [412, 416];

/** Les statuts de refus d'une route, dans l'ordre. */
export function problemStatusesOf(route: RouteDescription): readonly number[] {
  const statuses = [
    ...route.problems,
    ...EVERYWHERE,
    ...(route.isOpen === true ? [] : WITH_COMPTE),
    ...(isDocument(route) ? OF_DOCUMENTS : []),
  ];
  return [...new Set(statuses)].sort((a, b) => a - b);
}

/** Les refus d'une route, chacun par référence. */
export function problemResponses(route: RouteDescription): Json {
  return Object.fromEntries(
    problemStatusesOf(route).map((status) => [
      String(status),
      { $ref: `#/components/responses/Probleme${status}` },
    ]),
  );
}

/** Chaque statut de refus, avec les codes qui le portent et un exemple. */
export function sharedProblemResponses(): Json {
  const statuses = [...new Set(Object.values(PROBLEM_TITLES).map(({ status }) => status))];
  return Object.fromEntries(
    statuses
      .sort((a, b) => a - b)
      .map((status) => {
        const codes = Object.entries(PROBLEM_TITLES).filter(([, title]) => title.status === status);
        return [
          `Probleme${status}`,
          {
            description: codes.map(([code, { title }]) => `${title} (${code})`).join(' ; '),
            headers: problemHeaders(status),
            content: {
              'application/problem+json': {
                schema: { $ref: '#/components/schemas/Probleme' },
                ...exampleOf(status, codes[0]?.[0]),
              },
            },
          },
        ];
      }),
  );
}

/** Le refus que le service donne lui-même à ce statut ; à défaut, le premier code qui le porte. */
function exampleOf(status: number, firstCode: string | undefined): Json {
  const own = problemDetailsOf(problemOfStatus(status), EXAMPLE_TRACE);
  if (own.status === status) return { example: own };
  const problem = { code: firstCode ?? '', detail: 'Ce qui ne va pas, et quoi faire.' };
  return { example: problemDetailsOf(problem, EXAMPLE_TRACE) };
}

/** Un problème au sens de la RFC 9457, avec nos extensions. */
export const PROBLEM_SCHEMA: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string', format: 'uri', description: 'Stable ; se termine par le code' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'En français, ce cas précis et quoi faire' },
    instance: { type: 'string', description: 'La trace, à citer au support' },
    code: { type: 'string', enum: Object.keys(PROBLEM_TITLES) },
    violations: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail'],
        properties: {
          pointer: { type: 'string' },
          code: { type: 'string' },
          detail: { type: 'string' },
        },
      },
    },
    state: { type: 'string' },
    allowedEvents: { type: 'array', items: { type: 'string' } },
  },
};
