import { ESPACE_ACTES, ESPACE_INSEE, ESPACE_XSI } from '../vocabulaire/description';

/** Le nom d'un élément ou d'un attribut tel qu'on l'écrit d'ordinaire, quel que soit le préfixe du fichier. */
export function displayName(espace: string, local: string): string {
  if (espace === ESPACE_ACTES) return `actes:${local}`;
  if (espace === ESPACE_INSEE) return `insee:${local}`;
  if (espace === ESPACE_XSI) return `xsi:${local}`;
  return espace === '' ? local : `{${espace}}${local}`;
}
