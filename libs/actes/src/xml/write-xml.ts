import type { Problem, Result, Violation } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { checkTexteXml } from '../texte/check-texte-xml';
import { ESPACE_ACTES, ESPACE_INSEE } from '../vocabulaire/description';
import { encodeLatin1 } from './encode';
import type { Balise } from './serialize';
import { serialize } from './serialize';

/** Un élément de l'espace ACTES à écrire : ses attributs dans l'ordre, puis du texte ou des enfants. */
export interface ElementAEcrire {
  readonly nom: string;
  readonly attributs: readonly (readonly [nom: `actes:${string}` | 'insee:SIREN', valeur: string])[];
  readonly contenu: string | readonly ElementAEcrire[];
}

/** Raccourci d'écriture d'un `ElementAEcrire`. */
export function el(
  nom: string,
  contenu: ElementAEcrire['contenu'] = [],
  attributs: ElementAEcrire['attributs'] = [],
): ElementAEcrire {
  return { nom, attributs, contenu };
}

/**
 * Écrit un document en ISO-8859-1 déclaré, préfixe `actes`, les deux espaces de noms sur la racine. Ce que ces octets valent et disent,
 * c'est à leur relecture de le vérifier.
 * @returns les octets, ou le refus `xml/not-writable` quand un texte porte ce qu'aucun XML ne porte.
 */
export function writeXml(racine: ElementAEcrire): Result<Uint8Array> {
  const characters = forbiddenCharacters(racine, `/actes:${racine.nom}`);
  if (characters.length > 0) return refuse(notWritable(racine.nom, characters));
  const { nom, attributs, contenu } = prefixed(racine);
  const espaces = [
    ['xmlns:actes', ESPACE_ACTES],
    ['xmlns:insee', ESPACE_INSEE],
  ] as const;
  return ok(encodeLatin1(serialize({ nom, attributs: [...espaces, ...attributs], contenu }, 'ISO-8859-1')));
}

/** Le refus d'un message qui ne s'écrit pas, avec toutes ses fautes. */
export function notWritable(racine: string, violations: readonly Violation[]): Problem {
  const count = violations.length === 1 ? 'une faute' : `${violations.length} fautes`;
  return {
    code: 'xml/not-writable',
    detail: `Le message ${racine} ne peut pas être écrit, ${count} : ${violations.map(({ detail }) => detail).join(' ')}`,
    violations,
  };
}

function prefixed({ nom, attributs, contenu }: ElementAEcrire): Balise {
  return {
    nom: `actes:${nom}`,
    attributs,
    contenu: typeof contenu === 'string' ? contenu : contenu.map(prefixed),
  };
}

function forbiddenCharacters({ attributs, contenu }: ElementAEcrire, pointer: string): readonly Violation[] {
  const inAttributs = attributs.flatMap(([nom, valeur]) => ofText(valeur, `${pointer}/@${nom}`));
  if (typeof contenu === 'string') return [...inAttributs, ...ofText(contenu, pointer)];
  const inside = contenu.flatMap((enfant) => forbiddenCharacters(enfant, `${pointer}/actes:${enfant.nom}`));
  return [...inAttributs, ...inside];
}

function ofText(text: string, pointer: string): readonly Violation[] {
  return checkTexteXml(text).map(({ detail }) => ({ pointer, code: 'xml/caractere-interdit', detail }));
}
