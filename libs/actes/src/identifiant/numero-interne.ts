import type { Brand, Result, Violation } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { readSaisie } from './saisie';

/** Le numéro que la collectivité donne à son acte (`actes:NumeroInterne`), de 1 à 15 caractères. */
export type NumeroInterne = Brand<string, 'NumeroInterne'>;

export const NUMERO_INTERNE_MAX_LENGTH = 15;

export interface NumeroInterneRules {
  /** Vrai si la collectivité a choisi de garder les tirets : ils sortent du motif officiel de `IDActe`. */
  readonly tiretsPermis: boolean;
}

/** Le numéro le plus proche qui respecte la règle d'émission, ou `undefined` si le texte ne contient ni lettre ni chiffre. */
export function proposeNumeroInterne(text: string, rules: NumeroInterneRules): string | undefined {
  const plain = readSaisie(text).texte.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
  const cleaned = plain.replace(rules.tiretsPermis ? /[^A-Z0-9_-]+/g : /[^A-Z0-9_]+/g, '_');
  const trimmed = cleaned
    .replace(/^[_-]+/, '')
    .slice(0, NUMERO_INTERNE_MAX_LENGTH)
    .replace(/[_-]+$/, '');
  return trimmed === '' ? undefined : trimmed;
}

/**
 * Lit un numéro interne selon la règle d'émission : de 1 à 15 caractères, chiffres, capitales et `_` (le tiret en plus si
 * `tiretsPermis`), le premier et le dernier étant une lettre ou un chiffre. Tous les défauts sont dits à la fois.
 * @returns le numéro, ou le refus `numero-interne/malformed` ; `facts.proposition` donne ce qu'il faut écrire à la place.
 * @example parseNumeroInterne('2022-10-062', { tiretsPermis: true })
 */
export function parseNumeroInterne(text: string, rules: NumeroInterneRules): Result<NumeroInterne> {
  const violations = violationsOf(text, rules);
  if (violations.length === 0) return ok(text as NumeroInterne);
  const proposition = proposeNumeroInterne(text, rules);
  const faults = violations.map((violation) => violation.detail).join(' ');
  return refuse({
    code: 'numero-interne/malformed',
    detail: proposition === undefined ? faults : `${faults} Écrivez par exemple « ${proposition} ».`,
    violations,
    ...(proposition === undefined ? {} : { facts: { proposition } }),
  });
}

function violationsOf(text: string, rules: NumeroInterneRules): Violation[] {
  if (text === '')
    return [violation('empty', "Le numéro de l'acte est vide : donnez-lui de 1 à 15 caractères.")];
  const violations: Violation[] = [];
  if (text.length > NUMERO_INTERNE_MAX_LENGTH) {
    violations.push(
      violation(
        'too-long',
        `Le numéro « ${text} » a ${text.length} caractères ; ${NUMERO_INTERNE_MAX_LENGTH} au plus.`,
      ),
    );
  }
  const forbidden = [...new Set(text.replace(rules.tiretsPermis ? /[A-Z0-9_-]/g : /[A-Z0-9_]/g, ''))];
  if (forbidden.length > 0) {
    const shown = forbidden.map((character) => `« ${character} »`).join(', ');
    violations.push(
      violation(
        'forbidden-character',
        `Le numéro « ${text} » contient ${shown} : seuls sont admis les chiffres, les capitales et « _ »${rules.tiretsPermis ? ', ainsi que le tiret' : ''}.`,
      ),
    );
  }
  if (/^[_-]|[_-]$/.test(text)) {
    violations.push(
      violation('edges', `Le numéro « ${text} » doit commencer et finir par une lettre ou un chiffre.`),
    );
  }
  return violations;
}

function violation(what: string, detail: string): Violation {
  return { pointer: '', code: `numero-interne/${what}`, detail };
}
