import type { Violation } from './result';

/** Au-delà, une liste de fautes ne sert plus à corriger. */
const VIOLATIONS_MAX = 100;
/** De quoi reconnaître un nom parmi d'autres, pas de quoi se noyer. */
const NAMES_MAX = 20;
const EXCERPT_MAX_LENGTH = 100;

const OTHERS = 'violations/others';

/** Les cent premières fautes d'une entrée, et une dernière qui dit combien d'autres suivent. Une liste déjà bornée le reste. */
export function firstViolations(violations: readonly Violation[]): readonly Violation[] {
  if (violations.length <= VIOLATIONS_MAX || violations.at(-1)?.code === OTHERS) return violations;
  const others = violations.length - VIOLATIONS_MAX;
  return [
    ...violations.slice(0, VIOLATIONS_MAX),
    {
      pointer: '',
      code: OTHERS,
      detail: `Et ${others} ${others > 1 ? 'autres fautes' : 'autre faute'} : corrigez d'abord celles-ci.`,
    },
  ];
}

/** Au-delà, une clé inconnue de plus n'apprend rien à qui corrige. */
const UNKNOWN_FIELDS_MAX = 20;

/** Une faute par champ inconnu, à son pointeur (RFC 6901) ; au-delà de vingt, une dernière qui compte les autres. */
export function unknownFields(
  keys: readonly string[],
  pointer: string,
  detailOf: (name: string) => string,
): readonly Violation[] {
  const code = 'dossier/unknown-field';
  const faults = keys.slice(0, UNKNOWN_FIELDS_MAX).map((key) => {
    const name = excerptOf(key);
    return {
      pointer: `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      code,
      detail: detailOf(name),
    };
  });
  const others = keys.length - UNKNOWN_FIELDS_MAX;
  if (others <= 0) return faults;
  return [
    ...faults,
    {
      pointer,
      code,
      detail: `Et ${others} ${others > 1 ? 'autres champs inconnus' : 'autre champ inconnu'}.`,
    },
  ];
}

/** Le début d'un texte reçu, pour le citer : cent caractères au plus, sans en couper un. */
export function excerptOf(text: string): string {
  if (text.length <= EXCERPT_MAX_LENGTH) return text;
  const start = text.slice(0, EXCERPT_MAX_LENGTH);
  return `${start.replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Des noms cités les uns après les autres : vingt au plus, puis combien d'autres. */
export function namesCited(names: readonly string[]): string {
  const cited = names.slice(0, NAMES_MAX).map(excerptOf).join(', ');
  const others = names.length - NAMES_MAX;
  return others > 0 ? `${cited} et ${others} ${others > 1 ? 'autres' : 'autre'}` : cited;
}
