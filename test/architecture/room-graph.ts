import path from 'node:path';
import { projectFiles, read } from './project-files';

/** Un import d'une salle à une autre : le fichier qui l'écrit, et celui qu'il prend. */
export interface Passage {
  readonly from: string;
  readonly to: string;
}

/** Une bibliothèque ou une application : ses salles, et par où l'on passe de l'une à l'autre. */
export interface House {
  readonly nom: string;
  readonly rooms: readonly string[];
  readonly passages: ReadonlyMap<string, ReadonlyMap<string, readonly Passage[]>>;
}

/** Ce qu'est une salle : un dossier, ou tout ce qu'un dossier de `src` contient. */
export type Depth = 'dossier' | 'premier-niveau';

const IMPORT = /(?:from|import|import\(|require\()\s*'(\.{1,2}\/[^']+)'/g;
const SPEC = /\.(spec|journey)\.tsx?$|^(apps|libs)\/[^/]+\/(test|stubs|epreuves)\//;

const FILES = projectFiles().filter((file) => /\.tsx?$/.test(file) && !SPEC.test(file));
const KNOWN = new Set(FILES);

/** Les passages relatifs de la production, types compris. */
export function readPassages(): readonly Passage[] {
  return FILES.flatMap((from) =>
    [...read(from).matchAll(IMPORT)].flatMap(([, chemin = '']) => {
      const target = path.posix.join(path.posix.dirname(from), chemin);
      const to = [`${target}.ts`, `${target}.tsx`, `${target}/index.ts`].find((one) => KNOWN.has(one));
      return to === undefined ? [] : [{ from, to }];
    }),
  );
}

/** La bibliothèque ou l'application d'un fichier ; `null` hors d'elles. */
export function houseOf(file: string): string | null {
  return /^(?:apps|libs)\/[^/]+/.exec(file)?.[0] ?? null;
}

/** Les maisons et leurs salles. Les fichiers de la racine (la porte, l'assemblage) n'en sont pas une : ils prennent partout. */
export function readHouses(depth: Depth): readonly House[] {
  const houses = new Map<string, { rooms: Set<string>; passages: Map<string, Map<string, Passage[]>> }>();
  const open = (nom: string): { rooms: Set<string>; passages: Map<string, Map<string, Passage[]>> } => {
    const known = houses.get(nom) ?? {
      rooms: new Set<string>(),
      passages: new Map<string, Map<string, Passage[]>>(),
    };
    houses.set(nom, known);
    return known;
  };
  for (const file of FILES) {
    const place = placeOf(file, depth);
    if (place) open(place.house).rooms.add(place.room);
  }
  for (const passage of readPassages()) {
    const [here, there] = [placeOf(passage.from, depth), placeOf(passage.to, depth)];
    if (!here || there?.house !== here.house || there.room === here.room) continue;
    const { passages } = open(here.house);
    const out = passages.get(here.room) ?? new Map<string, Passage[]>();
    passages.set(here.room, out);
    out.set(there.room, [...(out.get(there.room) ?? []), passage]);
  }
  return [...houses].map(([nom, { rooms, passages }]) => ({ nom, rooms: [...rooms].sort(), passages }));
}

/** Les nœuds d'une maison : les salles qui mènent toutes les unes aux autres. */
export function knotsOf({ passages }: House): readonly (readonly string[])[] {
  const reach = new Map([...passages.keys()].map((room) => [room, reachable(room, passages)]));
  const knots = new Map<string, readonly string[]>();
  for (const [room, reached] of reach) {
    if (!reached.has(room)) continue;
    const knot = [...reached].filter((other) => reach.get(other)?.has(room) === true).sort();
    knots.set(knot.join(), knot);
  }
  return [...knots.values()];
}

function reachable(room: string, passages: House['passages']): ReadonlySet<string> {
  const seen = new Set<string>();
  const pending = [...(passages.get(room)?.keys() ?? [])];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    pending.push(...(passages.get(next)?.keys() ?? []));
  }
  return seen;
}

function placeOf(file: string, depth: Depth): { readonly house: string; readonly room: string } | null {
  const [, house, folder] = /^((?:apps|libs)\/[^/]+)\/src\/(.+)\/[^/]+$/.exec(file) ?? [];
  if (house === undefined || folder === undefined) return null;
  return { house, room: depth === 'dossier' ? folder : (folder.split('/')[0] ?? folder) };
}
