import {
  FORGED_CURSORS,
  HOSTILE_BODIES,
  HOSTILE_HEADERS,
  HOSTILE_JSON,
  HOSTILE_TEXTS,
} from './hostile-values';

/** Un schéma de l'OpenAPI, dont on ne lit que la forme. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** Une adresse de l'OpenAPI, telle que le document la décrit. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly body: { readonly type: string; readonly schema: Schema } | null;
}

/** Une demande à envoyer, et ce qu'elle a d'hostile. */
export interface HostileRequest {
  readonly nom: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | null;
}

/** Ce qu'une demande juste met à la place de chaque paramètre et de chaque champ : l'hostilité est seule à être jugée. */
export interface FairValues {
  inPath(path: string, name: string): string;
  inQuery(name: string): string;
  inBody(name: string): unknown;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND'];
/** Des adresses que rien ne compose : elles se donnent telles quelles. */
const RAW_SEGMENTS = [
  '%00',
  '%',
  '%zz',
  '%c0%af',
  '%ed%a0%80',
  '%ff',
  '%2e%2e%2f',
  '..',
  '.',
  '%2F',
  ':id',
  '{id}',
  '*',
];
const FORM_STRIDE = 4;
const BOUNDARY = 'delimiteur';

/** Les adresses d'un document OpenAPI. */
export function operationsOf(document: Readonly<Record<string, unknown>>): readonly Operation[] {
  const paths = document['paths'] as Record<string, Record<string, Record<string, unknown>>>;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => {
      const content = (
        described['requestBody'] as { content?: Record<string, { schema: Schema }> } | undefined
      )?.content;
      const [type, media] = Object.entries(content ?? {})[0] ?? [];
      return {
        method: method.toUpperCase(),
        path,
        parameters: (described['parameters'] ?? []) as Operation['parameters'],
        body: type === undefined || media === undefined ? null : { type, schema: media.schema },
      };
    }),
  );
}

/** Toutes les demandes hostiles à une adresse. */
export function* hostileRequests(operation: Operation, fair: FairValues): Generator<HostileRequest> {
  const { method, path, parameters, body } = operation;
  const fairPath = pathWith(path, fair);
  const fairBody = body && bodyOf(body, fair);
  const send = (nom: string, changes: Partial<HostileRequest>): HostileRequest => ({
    nom: `${method} ${path} : ${nom}`,
    method,
    path: fairPath,
    headers: fairBody ? { 'content-type': fairBody.type } : {},
    body: fairBody?.text ?? null,
    ...changes,
  });
  yield send('juste', {});
  for (const name of parameters.filter((one) => one.in === 'path').map((one) => one.name)) {
    for (const text of [...HOSTILE_TEXTS.map(encodeURIComponent), ...RAW_SEGMENTS])
      yield send(`${name}=${shown(text)}`, { path: pathWith(path, fair, { [name]: text }) });
  }
  const criteria = parameters.filter((one) => one.in === 'query').map((one) => one.name);
  for (const query of criteria.flatMap((name) => [...queriesOf(name, fair.inQuery(name))]))
    yield send(shown(query), { path: `${fairPath}?${query}` });
  if (criteria.length > 0) {
    for (const text of HOSTILE_TEXTS.map(encodeURIComponent)) {
      if (text.length < 1_000)
        yield send(`tout=${shown(text)}`, {
          path: `${fairPath}?${criteria.map((one) => `${one}=${text}`).join('&')}`,
        });
      yield send(`inconnu ${shown(text)}`, { path: `${fairPath}?${text}=${text}` });
    }
  }
  for (const [nom, valeur] of HOSTILE_HEADERS)
    yield send(`${nom}: ${shown(valeur)}`, { headers: { ...send('', {}).headers, [nom]: valeur } });
  for (const other of METHODS) yield send(`méthode ${other}`, { method: other, body: null, headers: {} });
  if (!body) {
    yield send('un corps que rien n’attend', {
      headers: { 'content-type': 'application/json' },
      body: '{"a":',
    });
    return;
  }
  for (const [type, text] of HOSTILE_BODIES)
    yield send(`corps ${type ?? 'sans type'} ${shown(String(text))}`, {
      headers: type === undefined ? {} : { 'content-type': type },
      body: text,
    });
  // Un dépôt s'écrit sur le disque : chacun de ses champs n'a que sa part des valeurs, et chaque valeur passe par plusieurs champs.
  const stride = body.type === 'multipart/form-data' ? FORM_STRIDE : 1;
  for (const [rank, pointer] of pointersOf(body.schema).entries()) {
    for (const value of HOSTILE_JSON.filter((_, index) => (index + rank) % stride === 0)) {
      const { type, text } = bodyOf(body, fair, { pointer, value });
      yield send(`${pointer.join('/')} = ${shown(value)}`, { headers: { 'content-type': type }, body: text });
    }
  }
}

/** Un critère : chaque valeur, puis deux à la fois, en liste et en objet, comme certains serveurs les lisent. */
function* queriesOf(name: string, fair: string): Generator<string> {
  const texts = name === 'apres' ? [...HOSTILE_TEXTS, ...FORGED_CURSORS] : HOSTILE_TEXTS;
  for (const text of texts) yield `${name}=${encodeURIComponent(text)}`;
  for (const raw of RAW_SEGMENTS) yield `${name}=${raw}`;
  yield name;
  yield `${name}=${fair}&${name}=${fair}`;
  yield `${name}[]=${fair}`;
  yield `${name}[a]=${fair}&${name}[b]=${fair}`;
  yield `${name}=${fair}&__proto__=1&constructor=2`;
  yield `${name}.a=${fair}`;
  yield `&&=&${name}=${fair}&=`;
}

function pathWith(path: string, fair: FairValues, changed: Readonly<Record<string, string>> = {}): string {
  return path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => changed[name] ?? encodeURIComponent(fair.inPath(path, name)),
  );
}

/** Chaque champ d'un corps, à tous ses niveaux, et un champ que rien ne connaît. */
export function pointersOf(schema: Schema, at: readonly string[] = []): readonly (readonly string[])[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => [
    [...at, name],
    ...pointersOf(inner, [...at, name]),
  ]);
  const inList = schema.items?.properties ? pointersOf(schema.items, [...at, '0']) : [];
  return [...own, ...inList].filter((pointer) => pointer[0] !== 'fichiers');
}

/** Un corps juste, où un champ au plus porte une valeur écrite telle quelle. */
function bodyOf(
  body: NonNullable<Operation['body']>,
  fair: FairValues,
  changed?: { readonly pointer: readonly string[]; readonly value: string },
): { readonly type: string; readonly text: string } {
  const isForm = body.type === 'multipart/form-data';
  const schema = isForm ? body.schema.properties?.['dossier'] : body.schema;
  const pointer = changed && isForm ? changed.pointer.slice(1) : changed?.pointer;
  const value = fairOf(schema ?? {}, fair, '');
  let text = JSON.stringify(pointer && pointer.length > 0 ? withMark(value, pointer) : value);
  if (pointer?.length === 0) text = changed?.value ?? '';
  else if (changed) text = text.replace('"@hostile@"', () => changed.value);
  return isForm
    ? { type: `multipart/form-data; boundary=${BOUNDARY}`, text: formOf(text) }
    : { type: body.type, text };
}

function fairOf(schema: Schema, fair: FairValues, name: string): unknown {
  if (schema.properties)
    return Object.fromEntries(
      Object.entries(schema.properties)
        .map(([key, inner]) => [key, fairOf(inner, fair, key)] as const)
        .filter(([, value]) => value !== undefined),
    );
  if (schema.items) return [fairOf(schema.items, fair, name)];
  return fair.inBody(name);
}

function withMark(value: unknown, [first = '', ...rest]: readonly string[]): unknown {
  const marked = (inner: unknown): unknown => (rest.length === 0 ? '@hostile@' : withMark(inner, rest));
  if (Array.isArray(value))
    return value.map((item: unknown, rank) => (String(rank) === first ? marked(item) : item));
  const fields = value as Record<string, unknown>;
  return { ...fields, [first]: marked(fields[first] ?? {}) };
}

function formOf(dossier: string): string {
  const part = (head: string, text: string): string =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${text}\r\n`;
  return `${part('name="dossier"', dossier)}${part('name="fichiers"; filename="extrait.pdf"', 'pas un PDF')}--${BOUNDARY}--\r\n`;
}

function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}… (${text.length})` : text);
}
