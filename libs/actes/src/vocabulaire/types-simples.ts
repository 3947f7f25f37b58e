import { parseCivilDate } from '@teletransmission/kernel';
import { IDENTIFIANT_ACTE_OFFICIEL } from '../identifiant/identifiant-acte';

/** Ce que valent les espaces avant contrôle : gardés, ou réduits comme pour un nombre ou une date. */
type Espaces = 'gardes' | 'reduits';

/** Un type simple du vocabulaire : sa forme, ses bornes, et comment le dire. */
export interface TypeSimple {
  readonly nom: string;
  readonly espaces: Espaces;
  /** Ce qui est attendu, à la suite de « attendu : ». */
  readonly attendu: string;
  /** Type de base dans un schéma XSD. */
  readonly base: 'string' | 'date' | 'integer' | 'nonNegativeInteger' | 'token';
  /** Restrictions, écrites comme dans un schéma : `[facette, valeur]`. */
  readonly facettes: readonly (readonly [
    nom: 'pattern' | 'maxLength' | 'length' | 'enumeration',
    valeur: string,
  ])[];
  accepts(value: string): boolean;
}

/** Les espaces réduits de XML : jamais ceux d'Unicode. */
export function reduceSpaces(value: string): string {
  return value.replace(/[\t\n\r ]+/g, ' ').replace(/^ | $/g, '');
}

function type(
  nom: string,
  base: TypeSimple['base'],
  attendu: string,
  accepts: (value: string) => boolean,
  facettes: TypeSimple['facettes'] = [],
): TypeSimple {
  const espaces = base === 'string' ? 'gardes' : 'reduits';
  return { nom, base, espaces, attendu, facettes, accepts };
}

// Vingt-quatre chiffres : au-delà, les validateurs usuels renoncent eux aussi.
const isInteger = (value: string): boolean => /^[+-]?0*[0-9]{1,24}$/.test(value);
const isNonNegative = (value: string): boolean =>
  isInteger(value) && (!value.startsWith('-') || /^-0+$/.test(value));
const lengthOf = (value: string): number => Array.from(value).length;

const DATE = /^([0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?$/;

/** Le jour d'un `xsd:date`, sans le fuseau que le schéma permet de lui accoler ; `undefined` si ce n'en est pas un. */
export function dayOfXsdDate(value: string): { readonly jour: string; readonly fuseau: boolean } | undefined {
  const match = DATE.exec(reduceSpaces(value));
  const jour = match?.[1];
  if (jour === undefined || jour.startsWith('0000') || !parseCivilDate(jour).ok) return undefined;
  return { jour, fuseau: match?.[2] !== undefined };
}

export const TEXTE = type('texte', 'string', 'un texte', () => true);
export const DATE_XSD = type(
  'date',
  'date',
  'un jour qui existe, de la forme AAAA-MM-JJ',
  (value) => dayOfXsdDate(value) !== undefined,
);
export const ENTIER = type('entier', 'integer', 'un nombre entier', isInteger);
export const ENTIER_POSITIF = type(
  'entier-positif',
  'nonNegativeInteger',
  'un nombre entier, 0 au moins',
  isNonNegative,
);

function chiffres(count: 1 | 2 | 3): TypeSimple {
  const pattern = new RegExp(`^[0-9]{${count}}$`);
  const attendu = count === 1 ? 'un chiffre' : `exactement ${count} chiffres`;
  return type(`${count}-chiffres`, 'nonNegativeInteger', attendu, (value) => pattern.test(value), [
    ['pattern', `[0-9]{${count}}`],
  ]);
}

export const UN_CHIFFRE = chiffres(1);
export const DEUX_CHIFFRES = chiffres(2);
export const TROIS_CHIFFRES = chiffres(3);

function texteAuPlus(max: number): TypeSimple {
  return type(
    `texte-${max}`,
    'string',
    `un texte de ${max} caractères au plus`,
    (value) => lengthOf(value) <= max,
    [['maxLength', String(max)]],
  );
}

export const TEXTE_500 = texteAuPlus(500);
export const TEXTE_15 = texteAuPlus(15);
export const TEXTE_2 = type(
  'texte-2',
  'string',
  'un texte de 2 caractères exactement',
  (value) => lengthOf(value) === 2,
  [['length', '2']],
);

/** Le schéma admet ici des départements qui n'existent pas, et même une barre verticale ; la liste réelle est une règle à part. */
export const DEPARTEMENT_XSD = type(
  'departement',
  'string',
  'un département sur trois caractères (034, 02A, 974)',
  (value) => /^[0|9][0-9][A|B|0-9]$/.test(value),
  [['pattern', '[0|9][0-9][A|B|0-9]']],
);

export const IDENTIFIANT_XSD = type(
  'identifiant-acte',
  'string',
  "un identifiant d'acte sans tiret dans le numéro (034-213402761-20221020-2022_062-DE)",
  (value) => IDENTIFIANT_ACTE_OFFICIEL.test(value),
  [['pattern', '[0|9][0-9][A|B|0-9]-[0-9]{9}-[0-9]{8}-[a-zA-Z0-9_]{1,15}-\\p{Lu}{2}']],
);

const EMAIL = /^[_a-zA-Z0-9-]+(\.[_a-zA-Z0-9-]+)*@[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)*\.[a-zA-Z]{2,6}$/;

/** Ni `+`, ni apostrophe, ni domaine de premier niveau de plus de six lettres : la norme est ainsi. */
export const EMAIL_XSD = type(
  'adresse',
  'string',
  'une adresse électronique sans « + » ni apostrophe, dont le domaine finit par 2 à 6 lettres',
  (value) => EMAIL.test(value),
  [
    [
      'pattern',
      '[_a-zA-Z0-9\\-]+(\\.[_a-zA-Z0-9\\-]+)*@[a-zA-Z0-9\\-]+(\\.[a-zA-Z0-9\\-]+)*\\.[a-zA-Z]{2,6}',
    ],
  ],
);

/**
 * Vrai d'une adresse électronique que l'enveloppe admet : elle en refuse de très valables, qui arrêteraient tout envoi.
 * @example isAdresse('actes@mairie.example.org')
 */
export function isAdresse(texte: string): boolean {
  return EMAIL.test(texte);
}

export const SIREN_XSD = type(
  'siren',
  'token',
  'un SIREN de neuf chiffres',
  (value) => /^[0-9]{9}$/.test(value),
  [
    ['pattern', '[0-9]*'],
    ['length', '9'],
  ],
);

const NATURES_ANOMALIE = [1, 2, 3, 4, 5, 100];

/** Comparées par valeur : `5`, `05` et `005` sont la même nature. */
export const NATURE_ANOMALIE_ENVELOPPE = type(
  'nature-anomalie-enveloppe',
  'integer',
  "une nature d'anomalie parmi 001, 002, 003, 004, 005 et 100",
  (value) => isInteger(value) && NATURES_ANOMALIE.includes(Number(value)),
  NATURES_ANOMALIE.map((nature) => ['enumeration', String(nature).padStart(3, '0')] as const),
);
