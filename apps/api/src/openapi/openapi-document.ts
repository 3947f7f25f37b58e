import { PERMISSIONS } from '@teletransmission/teletransmission';
import { z } from 'zod';
import { operationNameOf, TAGS } from './operations';
import { PROBLEM_SCHEMA, problemResponses, sharedProblemResponses } from './problem-responses';
import { REQUEST_EXAMPLES } from './examples/request-examples';
import { RESPONSE_EXAMPLES } from './examples/response-examples';
import { HEADERS, isDocument, partHeaders, problemHeaders, successHeaders } from './response-headers';
import type { RouteDescription } from './routes';
import { ROUTES } from './routes';

type Json = Record<string, unknown>;

function schemaOf(schema: z.ZodType, io: 'input' | 'output' = 'input'): Json {
  const described = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'file')
        Object.assign(jsonSchema, { type: 'string', contentMediaType: 'application/octet-stream' });
    },
  }) as Json;
  // Le dialecte est celui d'OpenAPI 3.1 pour tout le document : le redire à chaque schéma l'alourdirait.
  delete described.$schema;
  return described;
}

const NAMED: Readonly<Record<string, Json>> = {
  deliberations: { description: 'L’identité de la délibération', schema: { type: 'string', format: 'uuid' } },
  retours: { description: 'L’identité du retour', schema: { type: 'string', format: 'uuid' } },
  correspondances: { description: 'L’identité de la lettre', schema: { type: 'string', format: 'uuid' } },
  'decisions-de-retours': {
    description: 'L’identité de la décision',
    schema: { type: 'string', format: 'uuid' },
  },
  chaine: {
    description: 'L’identité de la collectivité, ou « plateforme »',
    schema: { type: 'string' },
  },
  siren: { description: 'Le SIREN de la collectivité, neuf chiffres', schema: { type: 'string' } },
  departement: {
    description: 'Le département de la préfecture, sur trois caractères',
    schema: { type: 'string' },
  },
  rang: { description: 'Le rang que donne la liste', schema: { type: 'integer', minimum: 0 } },
};

/** Une identité se dit par ce qu'elle désigne : le segment qui la précède. */
function pathParameterOf(path: string, name = ''): Json {
  return NAMED[name === 'id' ? (path.split('/')[2] ?? '') : name] ?? { schema: { type: 'string' } };
}

function parametersOf(route: RouteDescription): Json[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    ...pathParameterOf(route.path, name),
  }));
  const inQuery = Object.entries(route.query?.shape ?? {}).map(([name, schema]) => {
    const described = schema as z.ZodType;
    return {
      name,
      in: 'query',
      required: false,
      description: described.description,
      schema: schemaOf(described),
    };
  });
  const inHeader = Object.entries(route.headers ?? {}).map(([name, description]) => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string', maxLength: 200 },
  }));
  return [...inPath, ...inQuery, ...inHeader];
}

function rolesOf({ action, isOpen }: RouteDescription): string {
  if (isOpen === true) return 'Ouverte à tous.';
  return action === null ? 'Tout compte.' : `Rôles : ${PERMISSIONS[action].join(', ')}.`;
}

function requestBodyOf(body: NonNullable<RouteDescription['body']>, operationId: string): Json {
  const isMultipart = body.type === 'multipart/form-data';
  return {
    required: true,
    content: {
      [body.type]: {
        schema: schemaOf(body.schema),
        ...(isMultipart ? { encoding: { dossier: { contentType: 'application/json' } } } : {}),
        ...examplesOf(REQUEST_EXAMPLES[operationId]),
      },
    },
  };
}

function successesOf(route: RouteDescription, operationId: string): Json {
  const { status, description, type, schema } = route.success;
  const headers = successHeaders(route);
  const octets = { schema: { type: 'string', contentMediaType: type } };
  const content = schema
    ? { schema: schemaOf(schema, 'output'), ...examplesOf(RESPONSE_EXAMPLES[operationId]) }
    : octets;
  return {
    [String(status)]: { description, headers, content: { [type]: content } },
    ...(isDocument(route)
      ? {
          206: {
            description: 'L’étendue demandée (Range)',
            headers: partHeaders(206),
            content: { [type]: octets },
          },
          304: {
            description: 'Le contenu nommé par If-None-Match est encore le sien',
            headers: partHeaders(304),
          },
        }
      : {}),
  };
}

/** Un exemple par cas : le nom du cas est ce qu'on en lit. */
function examplesOf(examples: Readonly<Record<string, unknown>> | undefined): Json {
  if (examples === undefined) return {};
  return {
    examples: Object.fromEntries(
      Object.entries(examples).map(([summary, value], index) => [`cas${index + 1}`, { summary, value }]),
    ),
  };
}

function securityOf({ isOpen, path }: RouteDescription): Json {
  if (isOpen === true) return { security: [] };
  return path === '/metrics' ? { security: [{ jetonMetriques: [] }] } : {};
}

function operationOf(route: RouteDescription): Json {
  const { body } = route;
  const { operationId, tag } = operationNameOf(route);
  return {
    operationId,
    tags: [tag],
    summary: route.summary,
    description: [route.description, rolesOf(route)].filter((text) => text !== undefined).join(' '),
    parameters: parametersOf(route),
    ...securityOf(route),
    ...(body ? { requestBody: requestBodyOf(body, operationId) } : {}),
    responses: { ...problemResponses(route), ...successesOf(route, operationId), ...unreadyOf(route) },
  };
}

/** Le service qui n'est pas prêt le dit dans la même forme que celui qui l'est. */
function unreadyOf({ path, success }: RouteDescription): Json {
  if (path !== '/health/ready' || !success.schema) return {};
  const content = { 'application/json': { schema: schemaOf(success.schema, 'output') } };
  return {
    503: {
      description: 'Une dépendance sans laquelle rien ne se dépose manque',
      headers: problemHeaders(200),
      content,
    },
  };
}

/**
 * Un schéma récursif range sa définition dans son propre `$defs`, où la référence, absolue dans le document, ne la trouve plus : elle
 * rejoint les schémas communs.
 */
function withSharedDefinitions(part: unknown, definitions: Json): unknown {
  if (Array.isArray(part)) return part.map((item) => withSharedDefinitions(item, definitions));
  if (typeof part !== 'object' || part === null) return part;
  const { $defs, ...rest } = part as Json;
  if ($defs !== undefined) Object.assign(definitions, withSharedDefinitions($defs, definitions));
  return Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string'
        ? value.replace('#/$defs/', '#/components/schemas/')
        : withSharedDefinitions(value, definitions),
    ]),
  );
}

/** La description OpenAPI 3.1 de l'API, composée des schémas mêmes qui lisent et des routes mêmes qui servent. */
export function openapiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const route of ROUTES)
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  const definitions: Json = {};
  const described = withSharedDefinitions(paths, definitions);
  return {
    openapi: '3.1.1',
    info: {
      title: 'Télétransmission',
      version: '1',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
      summary: 'Dépôt, suivi et preuve de la télétransmission des délibérations',
      description: 'Tout refus est un problème RFC 9457 : fiez-vous à `type` ou `code`, jamais au texte.',
    },
    servers: [{ url: '/', description: 'Le service qui donne cette description' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    security: [{ jeton: [] }],
    paths: described,
    components: {
      securitySchemes: {
        jeton: {
          type: 'http',
          scheme: 'bearer',
          description: 'Jeton d’un compte, montré une fois à sa création',
        },
        jetonMetriques: {
          type: 'http',
          scheme: 'bearer',
          description: 'Le réglage METRIQUES_JETON ; il n’ouvre rien d’autre',
        },
      },
      headers: HEADERS,
      responses: sharedProblemResponses(),
      schemas: { ...definitions, Probleme: PROBLEM_SCHEMA },
    },
  };
}
