import type { TimeZone } from '@teletransmission/kernel';
import { EUROPE_PARIS } from '@teletransmission/kernel';

/** L'heure légale hors de la métropole (décret 2017-292), par numéro de département ou de collectivité. */
const OUTRE_MER: Readonly<Record<string, TimeZone>> = {
  '971': 'America/Guadeloupe',
  '972': 'America/Martinique',
  '973': 'America/Cayenne',
  '974': 'Indian/Reunion',
  '975': 'America/Miquelon',
  '976': 'Indian/Mayotte',
  '977': 'America/St_Barthelemy',
  '978': 'America/Marigot',
  '984': 'Indian/Kerguelen',
  '986': 'Pacific/Wallis',
  '987': 'Pacific/Tahiti',
  '988': 'Pacific/Noumea',
};

/** Le fuseau de la préfecture de ce département, avant tout réglage : celui de Paris, ou le sien outre-mer. */
export function fuseauOf(departement: string): TimeZone {
  return OUTRE_MER[departement] ?? EUROPE_PARIS;
}
