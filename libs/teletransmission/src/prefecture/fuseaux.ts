import type { TimeZone } from '@teletransmission/kernel';
import { EUROPE_PARIS } from '@teletransmission/kernel';

/**
 * L'heure légale hors de la métropole (décret 2017-292), par département de la norme : elle n'a pas de code pour Saint-Barthélemy,
 * Saint-Martin, les Terres australes ni Wallis-et-Futuna.
 */
export const FUSEAUX_OUTRE_MER: Readonly<Record<string, TimeZone>> = {
  '971': 'America/Guadeloupe',
  '972': 'America/Martinique',
  '973': 'America/Cayenne',
  '974': 'Indian/Reunion',
  '975': 'America/Miquelon',
  '976': 'Indian/Mayotte',
  '987': 'Pacific/Tahiti',
  '988': 'Pacific/Noumea',
};

/** Le fuseau de la préfecture de ce département, avant tout réglage : celui de Paris, ou le sien outre-mer. */
export function fuseauOf(departement: string): TimeZone {
  return FUSEAUX_OUTRE_MER[departement] ?? EUROPE_PARIS;
}
