import type { DeclarationElement, Particule } from '../vocabulaire/description';
import { ESPACE_ACTES } from '../vocabulaire/description';
import { displayName } from './display-name';
import type { Noeud } from './noeud';
import type { Faute } from './xml-violation';

export interface SuiteReconnue {
  readonly reconnus: readonly { readonly enfant: Noeud; readonly declaration: DeclarationElement }[];
  readonly fautes: readonly Faute[];
}

/**
 * Confronte les enfants d'un élément à la suite attendue. Les noms d'une suite étant tous distincts, un seul passage suffit :
 * chaque enfant avance dans la suite, y est en trop, mal placé ou inconnu ; ce que la suite exigeait et qui n'est nulle part manque.
 */
export function matchSuite(parent: Noeud, particules: readonly Particule[], chemin: string): SuiteReconnue {
  const reconnus: { enfant: Noeud; declaration: DeclarationElement }[] = [];
  const fautes: Faute[] = [];
  const misplaced = new Set<Particule>();
  const counts = new Map<Particule, number>();
  let rank = 0;

  for (const enfant of parent.enfants) {
    const index = particules.findIndex((particule) => declarationIn(particule, enfant) !== undefined);
    const particule = particules[index];
    const declaration = particule ? declarationIn(particule, enfant) : undefined;
    const here = `${chemin}/${displayName(enfant.espace, enfant.local)}`;
    if (!particule || !declaration) {
      fautes.push(unknown(enfant, here, particules));
      continue;
    }
    const count = (counts.get(particule) ?? 0) + 1;
    if (index < rank && count === 1) {
      misplaced.add(particule);
      fautes.push(
        note(
          enfant,
          'xml/element-mal-place',
          here,
          `${here} vient trop tard : l'ordre est ${orderOf(particules)}.`,
        ),
      );
      continue;
    }
    if (index < rank || count > particule.max) {
      fautes.push(
        note(enfant, 'xml/element-en-trop', here, `${here} est répété : il n'en faut pas davantage ici.`),
      );
      continue;
    }
    counts.set(particule, count);
    rank = index;
    reconnus.push({ enfant, declaration });
  }

  for (const particule of particules) {
    if ((counts.get(particule) ?? 0) >= particule.min || misplaced.has(particule)) continue;
    const name = namesOf(particule).join(' ou ');
    fautes.push(
      note(parent, 'xml/element-manquant', `${chemin}/${name}`, `L'élément ${name} manque dans ${chemin}.`),
    );
  }
  return { reconnus, fautes };
}

function declarationIn(particule: Particule, enfant: Noeud): DeclarationElement | undefined {
  if (enfant.espace !== ESPACE_ACTES) return undefined;
  return particule.elements.find((declaration) => declaration.nom === enfant.local);
}

function unknown(enfant: Noeud, here: string, particules: readonly Particule[]): Faute {
  const isForeign =
    enfant.espace !== ESPACE_ACTES &&
    particules.some((particule) =>
      particule.elements.some((declaration) => declaration.nom === enfant.local),
    );
  const why = isForeign
    ? `il n'est pas dans l'espace de noms ${ESPACE_ACTES}.`
    : particules.length === 0
      ? "aucun élément n'est attendu."
      : `attendu : ${orderOf(particules)}.`;
  return note(enfant, 'xml/element-inattendu', here, `L'élément ${here} est inattendu : ${why}`);
}

function namesOf(particule: Particule): readonly string[] {
  return particule.elements.map((declaration) => `actes:${declaration.nom}`);
}

function orderOf(particules: readonly Particule[]): string {
  return particules.map((particule) => namesOf(particule).join(' ou ')).join(', ');
}

function note(noeud: Noeud, regle: string, chemin: string, detail: string): Faute {
  return { decalage: noeud.decalage, regle, chemin, detail };
}
