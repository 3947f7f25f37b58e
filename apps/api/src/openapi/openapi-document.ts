import { PROBLEM_TITLES } from '@teletransmission/http-problems';
import { PERMISSIONS } from '@teletransmission/teletransmission';
import { z } from 'zod';
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

function parametersOf(route: RouteDescription): Json[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
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

/** Une dépendance en panne se dit de la même façon partout où un compte est demandé : le reconnaître lit la base. */
function problemsOf({ problems, isOpen }: RouteDescription): readonly number[] {
  return isOpen === true ? problems : [...new Set([...problems, 500, 503])];
}

function problemResponses(route: RouteDescription): Json {
  return Object.fromEntries(
    problemsOf(route).map((status) => {
      const codes = Object.entries(PROBLEM_TITLES).filter(([, title]) => title.status === status);
      return [
        String(status),
        {
          description: codes.map(([code, { title }]) => `${title} (${code})`).join(' ; '),
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Probleme' } } },
        },
      ];
    }),
  );
}

function rolesOf({ action, isOpen }: RouteDescription): string {
  if (isOpen === true) return 'Ouverte à tous.';
  return action === null ? 'Tout compte.' : `Rôles : ${PERMISSIONS[action].join(', ')}.`;
}

function operationOf(route: RouteDescription): Json {
  const { success, body } = route;
  return {
    summary: route.summary,
    description: [route.description, rolesOf(route)].filter((text) => text !== undefined).join(' '),
    parameters: parametersOf(route),
    ...(route.isOpen === true ? { security: [] } : {}),
    ...(body
      ? {
          requestBody: {
            required: true,
            content: {
              [body.type]: {
                schema: schemaOf(body.schema),
                ...(body.type === 'multipart/form-data'
                  ? { encoding: { dossier: { contentType: 'application/json' } } }
                  : {}),
              },
            },
          },
        }
      : {}),
    responses: {
      [String(success.status)]: {
        description: success.description,
        content: { [success.type]: success.schema ? { schema: schemaOf(success.schema, 'output') } : {} },
      },
      ...problemResponses(route),
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
      summary: 'Dépôt, suivi et preuve de la télétransmission des délibérations',
      description: 'Tout refus est un problème RFC 9457 : fiez-vous à `type` ou `code`, jamais au texte.',
    },
    security: [{ jeton: [] }],
    paths: described,
    components: {
      securitySchemes: {
        jeton: {
          type: 'http',
          scheme: 'bearer',
          description: 'Jeton d’un compte, montré une fois à sa création',
        },
      },
      schemas: {
        ...definitions,
        Probleme: {
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
        },
      },
    },
  };
}
