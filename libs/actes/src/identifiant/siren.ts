import type { Brand, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { withoutSpaces } from './saisie';

/** Les neuf chiffres de l'INSEE qui désignent une collectivité (`insee:SIREN`). */
export type Siren = Brand<string, 'Siren'>;

/** Vrai si la clé de contrôle (formule de Luhn) des chiffres de `digits` est juste. */
export function hasValidLuhnKey(digits: string): boolean {
  let sum = 0;
  for (let fromRight = 0; fromRight < digits.length; fromRight += 1) {
    const digit = Number(digits[digits.length - 1 - fromRight]);
    const weighted = fromRight % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}

/**
 * Les neuf chiffres d'un SIREN tapé ou collé, sans ses espaces de présentation, fines et insécables comprises ; de quoi chercher.
 * @returns `null` quand il n'en compte pas neuf ; la clé de contrôle n'est pas jugée ici, voir `parseSiren`.
 */
export function digitsOfSiren(text: string): string | null {
  const digits = withoutSpaces(text);
  return /^[0-9]{9}$/.test(digits) ? digits : null;
}

/**
 * Lit un SIREN saisi ou reçu. Les espaces de présentation (`213 402 761`), fines et insécables comprises, sont admises et retirées.
 * Le schéma ne contrôle que neuf chiffres ; la clé l'est ici, parce qu'une faute de frappe y est presque toujours visible.
 * @returns le SIREN en neuf chiffres, ou le refus `siren/malformed` ou `siren/checksum`.
 * @example parseSiren('213402761')
 */
export function parseSiren(text: string): Result<Siren> {
  const digits = digitsOfSiren(text);
  if (digits === null) {
    return refuse({
      code: 'siren/malformed',
      detail: `« ${text} » n'est pas un SIREN : il en faut les neuf chiffres, sans lettre ni ponctuation.`,
    });
  }
  if (!hasValidLuhnKey(digits)) {
    return refuse({
      code: 'siren/checksum',
      detail: `Le SIREN ${digits} a une clé de contrôle fausse : un chiffre a sans doute été mal recopié.`,
    });
  }
  return ok(digits as Siren);
}
