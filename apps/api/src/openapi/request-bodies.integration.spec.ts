import type { Violation } from '@teletransmission/kernel';
import { SCENES, sendExample, urlOf } from '../../test/openapi-scenes';
import type { Scene } from '../../test/openapi-scenes';
import type { Answer } from '../../test/running-api';
import { RunningApi } from '../../test/running-api';
import { openapiDocument } from './openapi-document';
import { operationNameOf } from './operations';
import { REQUEST_EXAMPLES } from './examples/request-examples';
import type { RouteDescription } from './routes';
import { ROUTES } from './routes';

jest.setTimeout(120_000);

let api: RunningApi;
beforeAll(async () => {
  api = await RunningApi.start();
});
afterAll(() => api.stop());

/** Ce qu'un schéma publié dit d'une place. */
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

type Place = readonly (string | number)[];
type Body = Readonly<Record<string, unknown>>;

/** Une place d'un corps, et ce que la description en dit. */
interface Field {
  readonly place: Place;
  readonly schema: Schema;
  readonly isRequired: boolean;
  readonly isNullable: boolean;
}

const pointerOf = (place: Place): string => place.map((part) => `/${part}`).join('');
const BODIES = ROUTES.filter(({ body }) => body);
const nameOf = (route: RouteDescription): string => operationNameOf(route).operationId;
const isDossier = ({ body }: RouteDescription): boolean => body?.type === 'multipart/form-data';

/** Le schéma publié d'un corps ; d'un dépôt, celui de sa partie `dossier`. */
function publishedOf(route: RouteDescription): Schema {
  const paths = openapiDocument()['paths'] as Record<
    string,
    Record<string, { requestBody: { content: Record<string, { schema: Schema }> } }>
  >;
  const schema = paths[route.path]?.[route.method]?.requestBody.content[route.body?.type ?? '']?.schema;
  const own = isDossier(route) ? schema?.properties?.['dossier'] : schema;
  if (!own) throw new Error(`Corps non décrit : ${route.path}`);
  return own;
}

/** La forme d'une place qui admet aussi `null`. */
function withoutNull(schema: Schema): { readonly schema: Schema; readonly isNullable: boolean } {
  const others = schema.anyOf?.filter(({ type }) => type !== 'null');
  const [only] = others ?? [];
  return others?.length === 1 && only ? { schema: only, isNullable: true } : { schema, isNullable: false };
}

/** Chaque champ d'un schéma, celui du premier élément pour une liste. */
function fieldsOf(schema: Schema, place: Place = []): readonly Field[] {
  const inItems = schema.items ? fieldsOf(schema.items, [...place, 0]) : [];
  const own = Object.entries(schema.properties ?? {}).flatMap(([nom, described]) => {
    const read = withoutNull(described);
    const here = [...place, nom];
    return [
      { ...read, place: here, isRequired: schema.required?.includes(nom) ?? false },
      ...fieldsOf(read.schema, here),
    ];
  });
  return [...own, ...inItems];
}

/** Chaque objet d'un schéma, lui-même compris. */
function objectsOf(schema: Schema): readonly { readonly place: Place; readonly schema: Schema }[] {
  const within = fieldsOf(schema).filter((field) => field.schema.properties);
  const inLists = fieldsOf(schema).flatMap((field) =>
    field.schema.items?.properties ? [{ place: [...field.place, 0], schema: field.schema.items }] : [],
  );
  return [{ place: [], schema }, ...within, ...inLists];
}

/** De quoi remplir une place, là où l'exemple ne dit rien. */
function sampleOf(schema: Schema): unknown {
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((nom) => [nom, sampleOf(schema.properties?.[nom] ?? {})]),
      );
    case 'array':
      return [sampleOf(schema.items ?? {})];
    case 'integer':
      return schema.minimum ?? 0;
    case 'boolean':
      return true;
    default:
      return 'extrait.pdf';
  }
}

const REMOVED = Symbol('ôté');

/** Ce corps, où une place prend cette valeur ; ce qui y mène se remplit au besoin. */
function withValue(whole: unknown, place: Place, value: unknown, schema: Schema): unknown {
  const [first, ...rest] = place;
  if (first === undefined) return value;
  const own = typeof first === 'number' ? schema.items : withoutNull(schema.properties?.[first] ?? {}).schema;
  const within = (inner: unknown): unknown =>
    rest.length === 0 ? value : withValue(inner ?? sampleOf(own ?? {}), rest, value, own ?? {});
  if (typeof first === 'number') {
    const list = Array.isArray(whole) && whole.length > 0 ? (whole as unknown[]) : [sampleOf(own ?? {})];
    return list.map((item, rank) => (rank === first ? within(item) : item));
  }
  const { [first]: inner, ...others } = whole as Body;
  const next = within(inner);
  return next === REMOVED ? others : { ...others, [first]: next };
}

/** Ce que la description exclut d'une place, chaque valeur par la raison qui l'exclut. */
function excludedFrom({ schema, isRequired }: Field): readonly (readonly [why: string, value: unknown])[] {
  const { type, minLength, maxLength, minimum, maximum, minItems = 0, maxItems, format } = schema;
  const other =
    { string: 12, integer: 'douze', boolean: 'oui', array: {}, object: 'texte' }[type ?? ''] ?? 12;
  const item = sampleOf(schema.items ?? {});
  return [
    ['d’un autre type', other],
    ...(isRequired ? [['absent', REMOVED] as const] : []),
    ...(schema.enum ? [['hors de la liste', 'inconnu'] as const] : []),
    ...(format ? [['d’un autre format', 'ni-jour-ni-uuid'] as const] : []),
    ...(minLength ? [['trop court', 'a'.repeat(minLength - 1)] as const] : []),
    ...(maxLength ? [['trop long', 'a'.repeat(maxLength + 1)] as const] : []),
    ...(minimum === undefined || minimum < -1e9 ? [] : [['trop petit', minimum - 1] as const]),
    ...(maximum === undefined || maximum > 1e9 ? [] : [['trop grand', maximum + 1] as const]),
    ...(minItems > 0 ? [['trop peu nombreux', []] as const] : []),
    ...(maxItems === undefined
      ? []
      : [['trop nombreux', Array.from({ length: maxItems + 1 }, () => item)] as const]),
  ];
}

const violationsOf = ({ body }: Answer): readonly Violation[] =>
  (body['violations'] ?? []) as readonly Violation[];

describe.each(BODIES.map((route) => [nameOf(route), route] as const))('le corps de %s', (name, route) => {
  const schema = publishedOf(route);
  let scene: Scene;
  let examples: readonly Body[];
  beforeAll(async () => {
    const prepare = SCENES[name];
    if (!prepare) throw new Error(`Aucune scène : ${name}`);
    scene = await prepare(api);
    const given = Object.values(REQUEST_EXAMPLES[name] ?? {}) as readonly Body[];
    examples = given.map((example) => {
      const designated = Object.entries(scene.body ?? {}).filter(([key]) => key in example);
      return { ...example, ...Object.fromEntries(designated) };
    });
  });

  /** Envoie un exemple, où une place prend cette valeur. */
  const ask = (example: Body, place: Place, value: unknown): Promise<Answer> => {
    const whole = isDossier(route) ? example['dossier'] : example;
    const changed = withValue(whole, place, value, schema);
    const sent = isDossier(route) ? { ...example, dossier: changed } : (changed as Body);
    return sendExample(api, urlOf(api, route.path, scene), route.body?.type, sent);
  };

  /** Refusé pour cette place : par une faute à son pointeur, ou d'un motif, par le refus qui ne parle que de lui. */
  const isRefusedFor = (answer: Answer, place: Place): boolean => {
    const pointer = pointerOf(place);
    const isAtPlace = violationsOf(answer).some(
      (violation) => violation.pointer === pointer || violation.pointer.startsWith(`${pointer}/`),
    );
    const field = String(place.at(-1));
    return isAtPlace || (field === 'motif' && /reason/.test(String(answer.body['code'])));
  };

  it('se refuse pour chaque champ, dès qu’il sort de ce qui est publié de lui', async () => {
    const faults: string[] = [];
    for (const field of fieldsOf(schema)) {
      for (const [why, value] of excludedFrom(field)) {
        // Un champ qui en exclut un autre se juge dans l'exemple qui l'emploie.
        const answers: Answer[] = [];
        for (const example of examples) {
          const answer = await ask(example, field.place, value);
          answers.push(answer);
          if ([400, 422].includes(answer.status) && isRefusedFor(answer, field.place)) break;
        }
        const last = answers.at(-1);
        if (!last || !isRefusedFor(last, field.place))
          faults.push(`${pointerOf(field.place)} ${why} : ${last?.status ?? ''} ${last?.text ?? ''}`);
      }
    }
    expect(faults).toEqual([]);
  });

  it('n’admet aucun champ qui n’est pas publié, et les nomme tous', async () => {
    const objects = objectsOf(schema);
    for (const { place, schema: own } of objects) {
      expect([pointerOf(place), own.additionalProperties]).toEqual([pointerOf(place), false]);
      const answer = await ask(examples[0] ?? {}, [...place, 'champInconnu'], 1);
      const found = violationsOf(answer).find(
        ({ pointer }) => pointer === pointerOf([...place, 'champInconnu']),
      );
      expect([pointerOf(place), found?.detail]).toEqual([
        pointerOf(place),
        expect.stringMatching(/^Champ inconnu/) as string,
      ]);
      // Les règles d'un dossier disent elles-mêmes ce qu'elles lisent : ce qui est publié, ni plus ni moins.
      const [, known] = /Champs attendus : (.*)\.$/.exec(found?.detail ?? '') ?? [];
      expect(isDossier(route)).toBe(known !== undefined);
      if (known !== undefined)
        expect(known.split(', ').sort()).toEqual(Object.keys(own.properties ?? {}).sort());
    }
  });

  if (!isDossier(route)) return;

  it('admet chaque champ à la limite de ce qui est publié de lui, et se passe de ce qui n’est pas requis', async () => {
    for (const field of fieldsOf(schema)) {
      const { maxLength, minimum, maximum } = field.schema;
      const limits: readonly unknown[] = [
        ...(field.isRequired ? [] : [REMOVED]),
        ...(field.isNullable ? [null] : []),
        ...(maxLength ? ['a'.repeat(maxLength)] : []),
        ...[minimum, maximum].filter((limit) => limit !== undefined),
      ];
      for (const value of limits) {
        const answer = await ask(examples[0] ?? {}, field.place, value);
        const faults = violationsOf(answer).filter(
          ({ pointer, code }) =>
            pointer === pointerOf(field.place) &&
            /missing$|not-a-|too-long|name-too-long|too-many|NumeroInterne.*long/.test(code) &&
            !(value !== null && value !== REMOVED && code === 'piece/missing'),
        );
        expect([pointerOf(field.place), String(value).slice(0, 20), faults]).toEqual([
          pointerOf(field.place),
          String(value).slice(0, 20),
          [],
        ]);
      }
    }
  });
});

describe('les dépôts', () => {
  it('publient le champ que notre propre refus conseille : reprendre le numéro d’un acte annulé', () => {
    const deposit = ROUTES.find(({ method, path }) => method === 'post' && path === '/v1/deliberations');
    if (!deposit) throw new Error('sans dépôt');
    expect(publishedOf(deposit).properties?.['reprendNumeroAnnule']).toMatchObject({ type: 'boolean' });
  });
});
