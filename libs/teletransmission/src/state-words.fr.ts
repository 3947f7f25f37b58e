import { CORRESPONDANCE_EVENT_LABELS, CORRESPONDANCE_STATE_LABELS } from './correspondance/labels.fr';
import { PUBLICATION_EVENT_LABELS, PUBLICATION_STATE_LABELS } from './publication/labels.fr';
import { RETOUR_STATE_LABELS } from './retour/labels.fr';
import { TRANSMISSION_EVENT_LABELS, TRANSMISSION_STATE_LABELS } from './transmission/labels.fr';

type Words = Readonly<Record<string, { readonly mot: string } | string>>;

function wordOf(words: Words, code: string): string {
  const found = words[code];
  return found === undefined ? code : typeof found === 'string' ? found : found.mot;
}

/** Les codes d'états et d'événements sont pour les machines ; un refus, lui, se lit. */
export const STATE_WORDS = {
  transmission: (code: string): string => wordOf(TRANSMISSION_STATE_LABELS, code),
  transmissionEvent: (code: string): string => wordOf(TRANSMISSION_EVENT_LABELS, code),
  publication: (code: string): string => wordOf(PUBLICATION_STATE_LABELS, code),
  publicationEvent: (code: string): string => wordOf(PUBLICATION_EVENT_LABELS, code),
  retour: (code: string): string => wordOf(RETOUR_STATE_LABELS, code),
  correspondance: (code: string): string => wordOf(CORRESPONDANCE_STATE_LABELS, code),
  correspondanceEvent: (code: string): string => wordOf(CORRESPONDANCE_EVENT_LABELS, code),
} as const;
