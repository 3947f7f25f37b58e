import type { CommanderError } from 'commander';

/** Ce que la bibliothèque cite entre apostrophes : l'argument, l'option ou la commande en cause. */
function cited(message: string): string {
  return /'([^']+)'/.exec(message)?.[1] ?? '';
}

const SAYINGS: Readonly<Record<string, (message: string) => string>> = {
  'commander.missingArgument': (message) => `Il manque « ${cited(message)} ».`,
  'commander.unknownCommand': (message) =>
    `Commande inconnue : « ${cited(message)} ».${suggestionOf(message)}`,
  'commander.unknownOption': (message) => `Option inconnue : « ${cited(message)} ».${suggestionOf(message)}`,
  'commander.excessArguments': () => 'Trop d’arguments pour cette commande.',
  'commander.missingMandatoryOptionValue': (message) => `Il manque l’option « ${cited(message)} ».`,
  'commander.invalidArgument': (message) => `La valeur donnée à « ${cited(message)} » n’est pas admise.`,
  'commander.conflictingOption': (message) => `L’option « ${cited(message)} » ne va pas avec une autre.`,
  'commander.optionMissingArgument': (message) => `L’option « ${cited(message)} » attend une valeur.`,
  'commander.help': () => 'Précisez la commande.',
};

function suggestionOf(message: string): string {
  const known = /\(Did you mean (?:one of )?(.+?)\?\)/.exec(message)?.[1];
  return known === undefined ? '' : ` Vouliez-vous dire ${known} ?`;
}

/** Un mauvais emploi, dit en français : la bibliothèque ne parle qu'anglais. */
export function misuseOf({ code, message }: CommanderError): string {
  const saying = SAYINGS[code]?.(message) ?? '';
  return `Commande mal employée. ${saying}${saying === '' ? '' : ' '}L’option --aide montre ce qu’elle attend.`;
}

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': 'Emploi :',
  'Arguments:': 'Arguments :',
  'Options:': 'Options :',
  'Commands:': 'Commandes :',
};

/** Un titre de l'aide, en français. */
export function helpTitle(title: string): string {
  return TITLES[title] ?? title;
}
