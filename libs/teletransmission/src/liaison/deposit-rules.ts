import type { Violation } from '@teletransmission/kernel';

/** Ce qu'un opérateur exige d'un acte en plus de la norme. `null` : rien de plus. */
export interface DepositRules {
  /** Il refuse le tiret dans le numéro interne, même permis à la collectivité. */
  readonly sansTiret: boolean;
  readonly objetMax: number | null;
  /** Il ne garde de l'objet que l'ISO-8859-1. */
  readonly latin1: boolean;
  /** Le document principal compris. */
  readonly fichiersMax: number | null;
}

export const NO_DEPOSIT_RULES: DepositRules = {
  sansTiret: false,
  objetMax: null,
  latin1: false,
  fichiersMax: null,
};

/** Ce que ces règles regardent d'un acte. */
export interface JudgedDepot {
  readonly numeroInterne: string;
  readonly objet: string;
  readonly fichiers: number;
}

/**
 * Toutes les fautes d'un acte aux yeux d'un opérateur, avec leur place dans le dossier.
 * @param nom celui de la liaison, pour la phrase.
 */
export function judgeDepot(
  { sansTiret, objetMax, latin1, fichiersMax }: DepositRules,
  { numeroInterne, objet, fichiers }: JudgedDepot,
  nom: string,
): readonly Violation[] {
  const violations: Violation[] = [];
  const note = (pointer: string, code: string, detail: string): void => {
    violations.push({ pointer, code, detail });
  };
  if (sansTiret && numeroInterne.includes('-'))
    note('/numeroInterne', 'liaison/hyphen-refused', `${nom} refuse le tiret dans le numéro interne.`);
  // Un caractère hors du plan de base compte pour un, comme chez l'opérateur.
  const longueur = Array.from(objet).length;
  if (objetMax !== null && longueur > objetMax)
    note(
      '/objet',
      'liaison/objet-too-long',
      `L’objet compte ${longueur} caractères ; ${nom} en prend ${objetMax} au plus.`,
    );
  const etranger = latin1
    ? Array.from(objet).find((caractere) => (caractere.codePointAt(0) ?? 0) > 0xff)
    : undefined;
  if (etranger !== undefined)
    note(
      '/objet',
      'liaison/character-refused',
      `${nom} ne garde pas le caractère « ${etranger} » de l’objet : écrivez-le autrement.`,
    );
  if (fichiersMax !== null && fichiers > fichiersMax)
    note(
      '/annexes',
      'liaison/too-many-files',
      `L’acte compte ${fichiers} fichiers ; ${nom} en prend ${fichiersMax} au plus.`,
    );
  return violations;
}
