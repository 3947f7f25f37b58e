import { readJson } from '@teletransmission/kernel';
import { MalformedCursor } from '@teletransmission/teletransmission';

const integerWithin = (max: number) => (part: unknown) =>
  Number.isInteger(part) && !Object.is(part, -0) && Math.abs(part as number) <= max;

/** Ce qu'est chaque part d'une clé, et ce que la base en prend : un curseur forgé ne doit rien lui donner d'autre. */
const KINDS = {
  uuid: (part: unknown) =>
    typeof part === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(part),
  instant: (part: unknown) =>
    typeof part === 'string' &&
    /^(?!0000)\d{4}-/.test(part) &&
    !Number.isNaN(Date.parse(part)) &&
    new Date(part).toISOString() === part,
  /** Le nom d'une chaîne du journal : l'identité d'une collectivité, ou un mot. */
  chaine: (part: unknown) => typeof part === 'string' && /^[\w-]{1,36}$/.test(part),
  smallint: integerWithin(2 ** 15 - 1),
  int: integerWithin(2 ** 31 - 1),
  bigint: integerWithin(Number.MAX_SAFE_INTEGER),
} as const;

type CursorKind = keyof typeof KINDS;
type KeyOf<Kinds extends readonly CursorKind[]> = {
  readonly [Rank in keyof Kinds]: Kinds[Rank] extends 'uuid' | 'instant' | 'chaine' ? string : number;
};

/** Un curseur opaque : la clé de la dernière ligne rendue. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * La clé d'un curseur, lettre pour lettre celui que nous aurions donné.
 * @param kinds ce qu'est chaque part de la clé
 * @throws MalformedCursor
 * @example const [depuis, id] = decodeCursor(apres, ['instant', 'uuid'])
 */
export function decodeCursor<const Kinds extends readonly CursorKind[]>(
  text: string,
  kinds: Kinds,
): KeyOf<Kinds> {
  const read = readJson(Buffer.from(text, 'base64url'), 'Le curseur');
  const key: unknown = read.ok ? read.value : null;
  if (
    !Array.isArray(key) ||
    key.length !== kinds.length ||
    !kinds.every((kind, rank) => KINDS[kind](key[rank])) ||
    encodeCursor(key as (string | number)[]) !== text
  )
    throw new MalformedCursor();
  return key as unknown as KeyOf<Kinds>;
}
