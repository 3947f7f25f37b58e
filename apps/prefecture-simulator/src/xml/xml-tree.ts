/** Espace de noms des messages ACTES v1.1. */
export const ACTES = 'http://www.interieur.gouv.fr/ACTES#v1.1-20040216';
/** Espace de noms de l'INSEE, pour le seul attribut SIREN. */
export const INSEE = 'http://xml.insee.fr/schema';
/** Espace de noms des attributs d'instance de XML Schema (`xsi:nil`). */
export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

export interface XmlAttribut {
  readonly espace: string;
  readonly nom: string;
  readonly valeur: string;
}

/** Un élément lu ou à écrire, détaché de la bibliothèque XML : on peut le garder, le recopier, le composer. */
export interface XmlElement {
  readonly espace: string;
  readonly nom: string;
  readonly attributs: readonly XmlAttribut[];
  readonly enfants: readonly (XmlElement | string)[];
}

/** Compose un élément ACTES ; les attributs simples sont qualifiés, comme le schéma l'exige. */
export function acteElement(
  nom: string,
  attributs: Readonly<Record<string, string>> = {},
  enfants: readonly (XmlElement | string)[] = [],
): XmlElement {
  return {
    espace: ACTES,
    nom,
    attributs: Object.entries(attributs).map(([cle, valeur]) =>
      cle === 'SIREN' ? { espace: INSEE, nom: cle, valeur } : { espace: ACTES, nom: cle, valeur },
    ),
    enfants,
  };
}

/** Les éléments enfants, sans le texte. */
export function elementsOf(parent: XmlElement | undefined): readonly XmlElement[] {
  return parent?.enfants.filter((enfant) => typeof enfant !== 'string') ?? [];
}

/** Le premier enfant ACTES de ce nom. */
export function childNamed(parent: XmlElement | undefined, nom: string): XmlElement | undefined {
  return elementsOf(parent).find((enfant) => enfant.nom === nom && enfant.espace === ACTES);
}

/** Tous les descendants ACTES de ce nom, dans l'ordre du document. */
export function descendantsNamed(parent: XmlElement | undefined, nom: string): readonly XmlElement[] {
  return elementsOf(parent).flatMap((enfant) => [
    ...(enfant.nom === nom && enfant.espace === ACTES ? [enfant] : []),
    ...descendantsNamed(enfant, nom),
  ]);
}

/** Valeur d'un attribut qualifié ; un attribut sans préfixe ne compte pas : le schéma le refuse. */
export function attributeOf(
  element: XmlElement | undefined,
  nom: string,
  espace = ACTES,
): string | undefined {
  return element?.attributs.find((attribut) => attribut.nom === nom && attribut.espace === espace)?.valeur;
}

/** Tout le texte d'un élément, descendants compris. */
export function textOf(element: XmlElement | undefined): string {
  return (
    element?.enfants.map((enfant) => (typeof enfant === 'string' ? enfant : textOf(enfant))).join('') ?? ''
  );
}
