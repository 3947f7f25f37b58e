import { ACTE_EXAMPLES } from './acte-examples';
import type { Examples } from './examples';
import { EXPLOITATION_EXAMPLES } from './exploitation-examples';
import { HISTORY_EXAMPLES } from './history-examples';
import { RETOUR_EXAMPLES } from './retour-examples';

/** Un exemple de réponse par opération : un essai tient chacun à son schéma, sans un champ de plus. */
export const RESPONSE_EXAMPLES: Examples = {
  ...ACTE_EXAMPLES,
  ...RETOUR_EXAMPLES,
  ...HISTORY_EXAMPLES,
  ...EXPLOITATION_EXAMPLES,
};
