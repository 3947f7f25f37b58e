import { ACTES, CODE_MATIERE, CODE_NATURE, ID_ACTE } from './acte';
import { CLASSIFICATIONS } from './classification';
import { COURRIERS } from './courriers';
import type { DeclarationAttribut, DeclarationElement } from './description';
import {
  ATTRIBUT_SIREN,
  ENVELOPPES,
  FORMULAIRES_ENVOYES,
  ID_CL,
  ID_PREF,
  ID_SGAR,
  ID_SOUS_PREF,
  REFERENT,
} from './enveloppe';

/** Les racines de documents : messages métier, enveloppes, anomalie d'enveloppe. */
export const DOCUMENTS: readonly DeclarationElement[] = [
  ...ACTES,
  ...COURRIERS,
  ...CLASSIFICATIONS,
  ...ENVELOPPES,
];

/** Globaux pour le schéma, donc racines à sa lettre ; ce ne sont pourtant que des fragments d'enveloppe. */
const FRAGMENTS: readonly DeclarationElement[] = [
  ID_SGAR,
  ID_PREF,
  ID_SOUS_PREF,
  ID_CL,
  REFERENT,
  FORMULAIRES_ENVOYES,
];

/** Tous les éléments globaux du schéma. */
export const ELEMENTS_GLOBAUX: readonly DeclarationElement[] = [...DOCUMENTS, ...FRAGMENTS];

const GLOBAUX: ReadonlyMap<string, DeclarationElement> = new Map(
  ELEMENTS_GLOBAUX.map((declaration) => [declaration.nom, declaration]),
);

const NOMS_DE_DOCUMENTS: ReadonlySet<string> = new Set(DOCUMENTS.map((declaration) => declaration.nom));

/** L'élément global de ce nom, ou `undefined`. */
export function globalElement(nom: string): DeclarationElement | undefined {
  return GLOBAUX.get(nom);
}

/** Vrai si ce nom est celui d'une racine de document. */
export function isDocument(nom: string): boolean {
  return NOMS_DE_DOCUMENTS.has(nom);
}

/** Les attributs globaux : ceux qu'un contenu libre fait valider quand il les porte. */
export const ATTRIBUTS_GLOBAUX: readonly DeclarationAttribut[] = [
  ...ID_CL.attributs.filter((declaration) => declaration.nom !== 'Nature'),
  CODE_NATURE,
  CODE_MATIERE,
  ID_ACTE,
  ATTRIBUT_SIREN,
];
