import type { Contenu } from './description';
import { element, facultatif, LIBRE, suite, texte, un } from './description';
import { TEXTE } from './types-simples';

/** Type `FichierSigne` : un nom, puis une signature détachée s'il y en a une. */
export const FICHIER_SIGNE: Contenu = suite(
  un(element('NomFichier', texte(TEXTE))),
  facultatif(element('Signature', LIBRE)),
);
