/** L'abrégé d'une nature d'acte, tel qu'il finit un identifiant (`actes:TypeAbrege`). */
export type NatureAbregee = 'DE' | 'AR' | 'AI' | 'CC' | 'BF' | 'AU';

/** Le code d'une nature d'acte (`actes:CodeNatureActe`). */
export type CodeNature = 1 | 2 | 3 | 4 | 5 | 6;

export interface NatureActe {
  readonly code: CodeNature;
  readonly abrege: NatureAbregee;
  readonly libelle: string;
}

/** Les six natures d'acte, dans l'ordre de leurs codes. Aucune autre n'a été rencontrée. */
export const NATURES: readonly NatureActe[] = [
  { code: 1, abrege: 'DE', libelle: 'Délibérations' },
  { code: 2, abrege: 'AR', libelle: 'Actes réglementaires' },
  { code: 3, abrege: 'AI', libelle: 'Actes individuels' },
  { code: 4, abrege: 'CC', libelle: 'Contrats, conventions et avenants' },
  { code: 5, abrege: 'BF', libelle: 'Documents budgétaires et financiers' },
  { code: 6, abrege: 'AU', libelle: 'Autres' },
];

const CODES: Readonly<Record<NatureAbregee, CodeNature>> = { DE: 1, AR: 2, AI: 3, CC: 4, BF: 5, AU: 6 };

/** Le code d'une nature : `codeNatureOf('DE')` vaut 1. */
export function codeNatureOf(abrege: NatureAbregee): CodeNature {
  return CODES[abrege];
}

/** L'abrégé d'un code, ou `undefined` si le code est inconnu : `natureAbregeeOf(1)` vaut `'DE'`. */
export function natureAbregeeOf(code: number): NatureAbregee | undefined {
  return NATURES.find((nature) => nature.code === code)?.abrege;
}

/** Vrai si le texte est l'abrégé d'une nature connue. */
export function isNatureAbregee(text: string): text is NatureAbregee {
  return Object.hasOwn(CODES, text);
}
