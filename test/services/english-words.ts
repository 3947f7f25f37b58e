import {
  ALERTE_EVENT_LABELS,
  CIRCUIT_STATES,
  CORRESPONDANCE_EVENTS,
  CORRESPONDANCE_STATES,
  PUBLICATION_EVENTS,
  PUBLICATION_STATES,
  RETOUR_EVENTS,
  RETOUR_STATES,
  TRANSMISSION_EVENTS,
  TRANSMISSION_STATES,
} from '@teletransmission/teletransmission';

/** Les mots du code : états et événements de toutes les vies. */
const CODE_WORDS: readonly string[] = [
  ...TRANSMISSION_STATES,
  ...TRANSMISSION_EVENTS,
  ...PUBLICATION_STATES,
  ...PUBLICATION_EVENTS,
  ...RETOUR_STATES,
  ...RETOUR_EVENTS,
  ...CORRESPONDANCE_STATES,
  ...CORRESPONDANCE_EVENTS,
  ...CIRCUIT_STATES,
  ...Object.keys(ALERTE_EVENT_LABELS),
  'deposited',
];

/** Les mots de Node, de PostgreSQL, de zod et de la ligne de commande, quand on les laisse parler. */
const LIBRARY_WORDS =
  /\b(E[A-Z]{3,}(?<!ETAT|EACT)|[Ee]rrors?|[Ii]nvalid|[Ee]xpected|received|required|must be|failed|cannot|not found|no such|undefined|null|NaN|missing|unknown|does not exist|permission denied|duplicate key|violates|too (?:small|big|many)|did you mean|display help|for command|usage:|options:)\b/g;

/** Un code « contexte/ce-qui-est-arrive » est pour qui cherche, et se montre comme tel ; une adresse n'est pas une phrase. */
const CODES = /\b[a-z0-9-]+(?:\/[a-z0-9-]+)+\b|https?:\/\/\S+/g;

/** Les mots anglais que ce texte montre à une personne : ceux des états et des événements, et ceux des bibliothèques. */
export function englishIn(text: string): readonly string[] {
  const prose = text.replace(CODES, ' ');
  const found = CODE_WORDS.filter((word) => new RegExp(`(?<![\\w-])${word}(?![\\w-])`).test(prose));
  return [...new Set([...found, ...[...prose.matchAll(LIBRARY_WORDS)].map(([word]) => word)])];
}
