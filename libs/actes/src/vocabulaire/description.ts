import type { TypeSimple } from './types-simples';

/*
 * Comment nous décrivons le schéma. Tous les contenus d'ACTES sont des suites de particules de noms distincts ; une
 * particule est un élément, ou un choix entre quelques-uns, avec ses bornes. Il n'en faut pas plus pour valider, écrire et
 * régénérer un schéma.
 */

export const ESPACE_ACTES = 'http://www.interieur.gouv.fr/ACTES#v1.1-20040216';
export const ESPACE_INSEE = 'http://xml.insee.fr/schema';
export const ESPACE_XSI = 'http://www.w3.org/2001/XMLSchema-instance';
export const ESPACE_XMLNS = 'http://www.w3.org/2000/xmlns/';

/** Un attribut ; le schéma les veut tous préfixés (`attributeFormDefault="qualified"`). */
export interface DeclarationAttribut {
  readonly espace: typeof ESPACE_ACTES | typeof ESPACE_INSEE;
  readonly nom: string;
  readonly type: TypeSimple;
  readonly requis: boolean;
}

export interface Particule {
  /** Un seul élément, ou les branches d'un choix. */
  readonly elements: readonly DeclarationElement[];
  readonly min: number;
  readonly max: number;
}

export type Contenu =
  | { readonly sorte: 'vide' }
  | { readonly sorte: 'texte'; readonly type: TypeSimple }
  | { readonly sorte: 'suite'; readonly particules: readonly Particule[] }
  /** `anyType` : tout y est permis ; ce que le schéma connaît y est validé. */
  | { readonly sorte: 'libre' };

export interface DeclarationElement {
  readonly nom: string;
  readonly contenu: Contenu;
  readonly attributs: readonly DeclarationAttribut[];
  readonly annulable?: boolean;
}

export const VIDE: Contenu = { sorte: 'vide' };
export const LIBRE: Contenu = { sorte: 'libre' };

export function texte(type: TypeSimple): Contenu {
  return { sorte: 'texte', type };
}

export function suite(...particules: readonly Particule[]): Contenu {
  return { sorte: 'suite', particules };
}

export function element(
  nom: string,
  contenu: Contenu,
  attributs: readonly DeclarationAttribut[] = [],
): DeclarationElement {
  return { nom, contenu, attributs };
}

/** Exactement un. */
export function un(declaration: DeclarationElement): Particule {
  return { elements: [declaration], min: 1, max: 1 };
}

/** Zéro ou un. */
export function facultatif(declaration: DeclarationElement): Particule {
  return { elements: [declaration], min: 0, max: 1 };
}

/** Autant qu'on veut, `min` au moins. */
export function plusieurs(declaration: DeclarationElement, min: 0 | 1): Particule {
  return { elements: [declaration], min, max: Number.POSITIVE_INFINITY };
}

/** Exactement un, parmi ceux-ci. */
export function choix(...elements: readonly DeclarationElement[]): Particule {
  return { elements, min: 1, max: 1 };
}

/** Attribut obligatoire de l'espace ACTES. */
export function attribut(nom: string, type: TypeSimple): DeclarationAttribut {
  return { espace: ESPACE_ACTES, nom, type, requis: true };
}
