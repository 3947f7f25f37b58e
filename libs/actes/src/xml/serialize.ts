import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces';

/** Un élément à écrire : son nom et ses attributs tels qu'ils s'écrivent, préfixes compris, puis du texte ou des enfants. */
export interface Balise {
  readonly nom: string;
  readonly attributs: readonly (readonly [nom: string, valeur: string])[];
  readonly contenu: string | readonly Balise[];
}

/**
 * Le texte d'un document XML, un élément par ligne. Rien ne s'ajoute dans un texte, et tout caractère s'y relit lui-même : ce qui
 * ressemble à une entité est du texte comme le reste.
 */
export function serialize(racine: Balise, encodage: string): string {
  const document = create({ version: '1.0', encoding: encodage });
  write(document, racine);
  return `${document.end({ prettyPrint: true })}\n`;
}

function write(parent: XMLBuilder, { nom, attributs, contenu }: Balise): void {
  const element = parent.ele(nom);
  for (const [name, valeur] of attributs) element.att(name, referenced(valeur, /[&\t\n\r]/g));
  if (typeof contenu !== 'string') for (const enfant of contenu) write(element, enfant);
  else if (contenu !== '') element.txt(referenced(contenu, /[&\r]/g));
}

/**
 * xmlbuilder2 laisse tel quel ce qui a l'air d'une entité : chaque `&` lui est donné déjà écrit `&amp;`. Un lecteur change le retour
 * chariot d'un texte en fin de ligne, et toute fin de ligne ou tabulation d'un attribut en espace, s'ils ne sont des références.
 */
function referenced(texte: string, signs: RegExp): string {
  return texte.replace(signs, (sign) => (sign === '&' ? '&amp;' : `&#${sign.charCodeAt(0)};`));
}
