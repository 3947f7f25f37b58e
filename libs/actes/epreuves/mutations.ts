import { ESPACE_ACTES, ESPACE_INSEE, ESPACE_XSI } from '../src/vocabulaire/description';
import type { Noeud } from '../src/xml/noeud';

/** Un arbre que l'on abîme méthodiquement, une faute à la fois, puis que l'on réécrit. */
export interface Plant {
  prefix: string;
  name: string;
  attributes: { name: string; value: string }[];
  children: (Plant | string)[];
}

export interface Mutation {
  readonly title: string;
  readonly xml: string;
}

const PREFIXES: Readonly<Record<string, string>> = { [ESPACE_ACTES]: 'actes:', [ESPACE_INSEE]: 'insee:' };

export function plantOf(noeud: Noeud): Plant {
  return {
    prefix: 'actes:',
    name: noeud.local,
    attributes: noeud.attributs.map(({ espace, local, valeur }) => ({
      name: `${PREFIXES[espace] ?? ''}${local}`,
      value: valeur,
    })),
    children: noeud.enfants.length > 0 ? noeud.enfants.map(plantOf) : noeud.texte === '' ? [] : [noeud.texte],
  };
}

const escape = (text: string): string =>
  text.replace(/[&<>"\t\n\r]|[^\u0000-\u007f]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);

function write(plant: Plant): string {
  const name = plant.prefix + plant.name;
  const attributes = plant.attributes
    .map((attribute) => ` ${attribute.name}="${escape(attribute.value)}"`)
    .join('');
  const inside = plant.children
    .map((child) => (typeof child === 'string' ? escape(child) : write(child)))
    .join('');
  return inside === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${inside}</${name}>`;
}

export function documentOf(root: Plant): string {
  const spaces = ` xmlns:actes="${ESPACE_ACTES}" xmlns:insee="${ESPACE_INSEE}" xmlns:xsi="${ESPACE_XSI}" xmlns:autre="urn:autre"`;
  return write(root).replace(/^(<[^\s/>]+)/, `$1${spaces}`);
}

/** Valeurs justes, fausses et limites de tous les types du vocabulaire. */
const VALUES = [
  '',
  ' ',
  '\n',
  'x',
  'é',
  '0',
  '-0',
  '+0',
  '1',
  ' 1 ',
  '01',
  '-1',
  '1.0',
  '1e0',
  '12',
  '123',
  '1234',
  '005',
  ' 005',
  '100',
  '6',
  '006',
  '999',
  '99999999999999999999',
  '03',
  '034',
  '02A',
  '02B',
  '0|A',
  '9|9',
  '09|',
  '134',
  '034 ',
  '0A4',
  '974',
  '31',
  ' 31',
  '3 1',
  '213402761',
  ' 213402761 ',
  '2134 02761',
  '21340276',
  '2134027611',
  '21340276A',
  '2026-01-31',
  ' 2026-01-31\n',
  '2026-02-30',
  '2026-02-29',
  '2024-02-29',
  '2026-13-01',
  '2026-1-1',
  '26-01-01',
  '2026-01-31Z',
  '2026-01-31+02:00',
  '2026-01-31+14:00',
  '2026-01-31-14:00',
  '2026-01-31+13:59',
  '2026-01-31T00:00:00',
  '0001-01-01',
  '31/01/2026',
  'DE',
  'D',
  'DEL',
  '\u{1f600}e',
  '\u{1f600}',
  'a@b.fr',
  'a+b@c.fr',
  "l'a@b.fr",
  'a@b.museum',
  'a@b.travels',
  'a@b',
  '@b.fr',
  'a.b-c_d@e-f.g.fr',
  'a..b@c.fr',
  ' a@b.fr',
  'a@b.f',
  '034-213402761-20221020-2022_062-DE',
  '034-213402761-20221020-2022-062-DE',
  '034-213402761-20221020-a-ÉÀ',
  '034-213402761-20221020-a-de',
  '034-213402761-20221020--DE',
  '034-213402761-20221020-1234567890123456-DE',
  '34-213402761-20221020-1-DE',
  '02A-213402761-99999999-1-DE',
  '0|A-213402761-20221020-1-DE',
  'x'.repeat(14),
  'x'.repeat(15),
  'x'.repeat(16),
  'x'.repeat(499),
  'x'.repeat(500),
  'x'.repeat(501),
  `${'x'.repeat(499)}\u{1f600}`,
  `${'x'.repeat(500)}\u{1f600}`,
  'é'.repeat(500),
  'é'.repeat(501),
];

/** Tous les éléments d'un arbre, avec leur parent et leur rang. */
function* visit(
  plant: Plant,
  path: string,
): Generator<{ plant: Plant; path: string; parent?: Plant; index: number }> {
  yield { plant, path, index: 0 };
  yield* inside(plant, path);
}

function* inside(
  plant: Plant,
  path: string,
): Generator<{ plant: Plant; path: string; parent?: Plant; index: number }> {
  for (const [index, child] of plant.children.entries()) {
    if (typeof child === 'string') continue;
    const here = `${path}/${child.name}[${index}]`;
    yield { plant: child, path: here, parent: plant, index };
    yield* inside(child, here);
  }
}

/**
 * Toutes les fautes d'un document : chaque élément ôté, doublé, déplacé, renommé, changé d'espace, annulé, rempli ; chaque
 * attribut ôté, déqualifié, changé d'espace ; chaque valeur remplacée par toutes les autres.
 */
export function* mutationsOf(root: Plant): Generator<Mutation> {
  const made = (title: string): Mutation => ({ title, xml: documentOf(root) });
  for (const { plant, path, parent, index } of visit(root, root.name)) {
    if (parent) yield* aroundElement(plant, path, parent, index, made);
    yield* insideElement(plant, path, made);
    yield* attributesOf(plant, path, made);
  }
}

type Made = (title: string) => Mutation;

function* aroundElement(
  plant: Plant,
  path: string,
  parent: Plant,
  index: number,
  made: Made,
): Generator<Mutation> {
  const saved = [...parent.children];
  parent.children.splice(index, 1);
  yield made(`ôter ${path}`);
  parent.children = [...saved];
  parent.children.splice(index, 0, plant);
  yield made(`doubler ${path}`);
  parent.children = [...saved];
  parent.children.push(plant);
  yield made(`répéter à la fin ${path}`);
  if (index > 0) {
    parent.children = [...saved];
    [parent.children[index - 1], parent.children[index]] = [plant, saved[index - 1] ?? ''];
    yield made(`avancer ${path}`);
  }
  parent.children = [...saved];
  parent.children.splice(index, 0, { prefix: 'actes:', name: 'Inconnu', attributes: [], children: [] });
  yield made(`insérer un inconnu devant ${path}`);
  parent.children = saved;
}

function* insideElement(plant: Plant, path: string, made: Made): Generator<Mutation> {
  const saved = { prefix: plant.prefix, name: plant.name, children: plant.children };
  plant.name = 'Inconnu';
  yield made(`renommer ${path}`);
  plant.name = saved.name.toLowerCase();
  yield made(`changer la casse de ${path}`);
  plant.name = saved.name;
  for (const prefix of ['', 'insee:', 'autre:']) {
    plant.prefix = prefix;
    yield made(`passer ${path} dans l'espace « ${prefix} »`);
  }
  plant.prefix = saved.prefix;
  const hasElements = saved.children.some((child) => typeof child !== 'string');
  for (const text of hasElements ? ['', ' ', '\n', 'x', '\u00a0'] : VALUES) {
    plant.children = hasElements && text !== '' ? [text, ...saved.children] : text === '' ? [] : [text];
    yield made(`remplir ${path} de « ${text.slice(0, 40)} » (${text.length})`);
  }
  for (const name of ['Inconnu', 'IDPref', 'NomFichier', 'Annulation']) {
    plant.children = [...saved.children, { prefix: 'actes:', name, attributes: [], children: [] }];
    yield made(`ajouter ${name} dans ${path}`);
  }
  plant.children = [...saved.children, { prefix: 'autre:', name: 'chose', attributes: [], children: ['x'] }];
  yield made(`ajouter un étranger dans ${path}`);
  plant.children = saved.children;
}

function* attributesOf(plant: Plant, path: string, made: Made): Generator<Mutation> {
  const saved = plant.attributes;
  for (const [index, attribute] of saved.entries()) {
    const without = saved.filter((_, rank) => rank !== index);
    plant.attributes = without;
    yield made(`ôter ${path}/@${attribute.name}`);
    const local = attribute.name.replace(/^.*:/, '');
    for (const name of [local, `actes:${local}`, `insee:${local}`, `autre:${local}`]) {
      if (name === attribute.name) continue;
      plant.attributes = [...without, { name, value: attribute.value }];
      yield made(`écrire ${path}/@${attribute.name} ${name}`);
      plant.attributes = [...saved, { name, value: attribute.value }];
      yield made(`ajouter ${path}/@${name}`);
    }
    for (const value of VALUES) {
      plant.attributes = [...without, { name: attribute.name, value }];
      yield made(`mettre « ${value.slice(0, 40)} » (${value.length}) dans ${path}/@${attribute.name}`);
    }
  }
  for (const [name, value] of [
    ['actes:Inconnu', 'x'],
    ['inconnu', 'x'],
    ['actes:IDActe', 'x'],
    ['actes:Departement', '034'],
    ['xml:lang', 'fr'],
    ['xsi:nil', 'true'],
    ['xsi:nil', 'false'],
    ['xsi:nil', '1'],
    ['xsi:nil', 'oui'],
    ['xsi:schemaLocation', 'a b'],
    ['xsi:noNamespaceSchemaLocation', 'a'],
    ['xsi:inconnu', 'a'],
    ['xsi:type', 'actes:FichierSigne'],
    ['xsi:type', 'actes:DonneesActe'],
  ] as const) {
    if (saved.some((attribute) => attribute.name === name)) continue;
    plant.attributes = [...saved, { name, value }];
    yield made(`ajouter ${name}="${value}" à ${path}`);
  }
  plant.attributes = saved;
}
