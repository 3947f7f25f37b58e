import { ESPACE_ACTES, ESPACE_INSEE, ESPACE_XSI } from '../vocabulaire/description';

/** Un nom inconnu vient d'ailleurs et se répète dans chaque faute : on en montre le début. */
const SHOWN_MAX = 100;
const shown = (nom: string): string => (nom.length > SHOWN_MAX ? `${nom.slice(0, SHOWN_MAX)}…` : nom);

/** Le nom d'un élément ou d'un attribut tel qu'on l'écrit d'ordinaire, quel que soit le préfixe du fichier. */
export function displayName(espace: string, local: string): string {
  if (espace === ESPACE_ACTES) return `actes:${shown(local)}`;
  if (espace === ESPACE_INSEE) return `insee:${shown(local)}`;
  if (espace === ESPACE_XSI) return `xsi:${shown(local)}`;
  return espace === '' ? shown(local) : `{${shown(espace)}}${shown(local)}`;
}
