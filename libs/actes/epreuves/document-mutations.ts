import { Buffer } from 'node:buffer';
import { ESPACE_ACTES, ESPACE_INSEE, ESPACE_XSI } from '../src/vocabulaire/description';
import type { Plant } from './mutations';
import { documentOf } from './mutations';

/** Un document dont on n'abîme que les dehors : ses espaces de noms, ou l'encodage qu'il déclare. */
export interface DocumentMutation {
  readonly title: string;
  readonly octets: Uint8Array;
}

/** Des URI qui ressemblent à la bonne. Deux espaces de noms sont le même quand leurs URI le sont, lettre pour lettre. */
const NEARLY: readonly (readonly [title: string, change: (uri: string) => string])[] = [
  ['une espace après', (uri) => `${uri} `],
  ['une espace avant', (uri) => ` ${uri}`],
  ['une tabulation après', (uri) => `${uri}&#9;`],
  ['une fin de ligne après', (uri) => `${uri}\n`],
  ['une fin de ligne écrite avant', (uri) => `&#10;${uri}`],
  ['une espace insécable après', (uri) => `${uri}&#160;`],
  ['une marque d’ordre avant', (uri) => `&#65279;${uri}`],
  ['une barre après', (uri) => `${uri}/`],
  ['une autre casse', (uri) => uri.toUpperCase()],
  ['un caractère échappé', (uri) => uri.replace('.', '%2E')],
  ['la même, écrite en références', (uri) => uri.replace('h', '&#104;')],
];

const ENCODAGES = [
  'US-ASCII',
  'us-ascii',
  'ASCII',
  'ISO-8859-1',
  'iso-8859-1',
  'ISO_8859-1',
  'UTF-8',
  'utf-8',
] as const;

/** Toutes les fautes des dehors d'un document. */
export function* documentMutationsOf(root: Plant): Generator<DocumentMutation> {
  const xml = documentOf(root);
  for (const [title, change] of NEARLY) {
    for (const uri of [ESPACE_ACTES, ESPACE_INSEE, ESPACE_XSI]) {
      yield { title: `${title} ${uri}`, octets: Buffer.from(xml.replace(`"${uri}"`, `"${change(uri)}"`)) };
    }
    // Redéclaré à l'intérieur : ce qui est au-dessus reste juste, ce qui est dessous change d'espace de noms.
    for (const declared of inside(xml, change(ESPACE_ACTES)))
      yield { title: `${title}, redéclaré à l'intérieur`, octets: Buffer.from(declared) };
  }
  for (const declared of inside(xml, ESPACE_ACTES))
    yield { title: "redéclaré tel quel à l'intérieur", octets: Buffer.from(declared) };
  for (const encodage of ENCODAGES) yield* encodedAs(encodage, xml);
}

/** Le même document, l'espace de noms redéclaré sur son dernier élément, puis sur son premier enfant. */
function inside(xml: string, uri: string): readonly string[] {
  const declaration = ` xmlns:actes="${uri}"`;
  const last = xml.lastIndexOf('<actes:');
  const first = xml.indexOf('<actes:', 1);
  return [last, first]
    .filter((at) => at > 0)
    .map((at) => xml.slice(0, at) + xml.slice(at).replace(/^<[^\s/>]+/, (name) => name + declaration));
}

/** Le document sous cette déclaration, avec et sans accent, l'accent en latin-1, en UTF-8 et en référence. */
function* encodedAs(encodage: string, xml: string): Generator<DocumentMutation> {
  const declaration = `<?xml version="1.0" encoding="${encodage}"?>`;
  const commented = (accent: string): string => `${declaration}<!-- d${accent}lib -->${xml}`;
  yield { title: `déclaré ${encodage}, sans accent`, octets: Buffer.from(declaration + xml) };
  yield { title: `déclaré ${encodage}, accent en latin-1`, octets: Buffer.from(commented('é'), 'latin1') };
  yield { title: `déclaré ${encodage}, accent en UTF-8`, octets: Buffer.from(commented('é')) };
  yield { title: `déclaré ${encodage}, octet 146`, octets: Buffer.from(commented('\u0092'), 'latin1') };
}
