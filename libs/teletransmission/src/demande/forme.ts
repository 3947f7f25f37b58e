/** Ce qu'une demande écrit à une place, dit une fois : les règles y lisent leurs bornes et leurs champs, l'API en fait son schéma. */
export type Forme = FormeTexte | FormeEntier | FormeBooleen | FormeListe | FormeObjet;

interface FormeTexte {
  readonly genre: 'texte';
  readonly min: number;
  /** En caractères. */
  readonly max: number;
  /** Un jour du calendrier, AAAA-MM-JJ. */
  readonly estUnJour?: true;
  /** Les seuls mots admis. */
  readonly parmi?: readonly [string, ...string[]];
}

interface FormeEntier {
  readonly genre: 'entier';
  readonly min: number;
  readonly max: number;
}

interface FormeBooleen {
  readonly genre: 'booleen';
}

interface FormeListe {
  readonly genre: 'liste';
  readonly min: number;
  readonly max: number;
  readonly de: Forme;
}

export interface FormeObjet<Nom extends string = string> {
  readonly genre: 'objet';
  readonly champs: Readonly<Record<Nom, Champ>>;
}

/** Un champ d'un objet : sa forme, s'il se demande, et ce qu'il veut dire. */
export interface Champ {
  readonly forme: Forme;
  readonly estRequis: boolean;
  /** `null` y vaut autant que son absence, ou dit qu'on l'ôte. */
  readonly estNullable?: true;
  readonly sens?: string;
}

/** Aucun champ court d'une demande (numéro, date, code) n'en demande autant. */
export const FIELD_MAX_LENGTH = 100;
/** Ce qui se compte d'un vote. */
export const COUNT_MAX = 9_999;

/** Un texte court qui n'est pas vide. */
export const TEXTE_COURT = { genre: 'texte', min: 1, max: FIELD_MAX_LENGTH } as const satisfies Forme;
export const BOOLEEN = { genre: 'booleen' } as const satisfies Forme;
export const COMPTE = { genre: 'entier', min: 0, max: COUNT_MAX } as const satisfies Forme;

/** Un champ qui se demande. */
export function requis(forme: Forme, sens?: string): Champ {
  return { forme, estRequis: true, ...(sens === undefined ? {} : { sens }) };
}

/** Un champ qui peut manquer. */
export function facultatif(forme: Forme, sens?: string): Champ {
  return { ...requis(forme, sens), estRequis: false };
}

/** Un champ qui peut manquer, ou être nul. */
export function nullable(forme: Forme, sens?: string): Champ {
  return { ...facultatif(forme, sens), estNullable: true };
}

/** Un objet de ces champs, et d'aucun autre. */
export function objet<const Nom extends string>(champs: Readonly<Record<Nom, Champ>>): FormeObjet<Nom> {
  return { genre: 'objet', champs };
}

/** Les noms des champs d'un objet, dans l'ordre où il se décrit. */
export function nomsDe<Nom extends string>({ champs }: FormeObjet<Nom>): readonly Nom[] {
  return Object.keys(champs) as Nom[];
}
