import type { z } from 'zod';

const TYPES: Readonly<Record<string, string>> = {
  string: 'Un texte',
  number: 'Un nombre',
  int: 'Un nombre entier',
  boolean: 'Vrai ou faux (true, false)',
  array: 'Une liste',
  object: 'Un objet',
  record: 'Un objet',
  null: 'La valeur null',
  date: 'Une date',
};

/** L'unité d'une borne, d'après ce qu'elle borne. */
const UNITS: Readonly<Record<string, string>> = {
  string: ' caractère(s)',
  array: ' élément(s)',
  set: ' élément(s)',
  file: ' octet(s)',
};

/**
 * Ce que zod dit d'une valeur quand son schéma n'en dit rien lui-même : en français, sans les mots de la bibliothèque. Se donne à chaque
 * lecture (`safeParse(valeur, { error: frenchFault })`) ; le texte propre d'un schéma l'emporte.
 */
export function frenchFault(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'Cette valeur manque.'
        : `${TYPES[issue.expected] ?? 'Une autre sorte de valeur'} : c’est ce qui est attendu ici.`;
    case 'too_small':
      return `Au moins ${String(issue.minimum)}${UNITS[issue.origin] ?? ''}.`;
    case 'too_big':
      return `Au plus ${String(issue.maximum)}${UNITS[issue.origin] ?? ''}.`;
    case 'not_multiple_of':
      return `Un multiple de ${String(issue.divisor)} est attendu.`;
    case 'invalid_value':
      return `Valeurs admises : ${issue.values.map(String).join(', ')}.`;
    case 'unrecognized_keys':
      return `Champ inconnu : ${issue.keys.join(', ')}.`;
    case 'invalid_format':
      return 'Cette valeur n’a pas la forme attendue.';
    default:
      return 'Cette valeur n’est pas admise ici.';
  }
}
