import { ACTES, INSEE, XSI } from './xml-tree';
import type { XmlElement } from './xml-tree';

const PREFIXES: ReadonlyMap<string, string> = new Map([
  [ACTES, 'actes'],
  [INSEE, 'insee'],
  [XSI, 'xsi'],
]);

// Interdits par XML 1.0 : aucune référence ne peut les porter, on les retire.
const INTERDITS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu;

// Une référence garde ce que Latin-1 ne sait pas écrire ; encoder directement l'aurait remplacé par un autre caractère.
const reference = (caractere: string): string => `&#${caractere.codePointAt(0) ?? 0xfffd};`;

/** Comment un document s'écrit : l'encodage qu'il déclare, ce qu'il ne sait écrire que par référence, et ses octets. */
export interface Ecriture {
  readonly declaree: string;
  readonly horsAlphabet: RegExp;
  encode(texte: string): Buffer;
  /** Un commentaire placé en tête, avant la racine. */
  readonly commentaire?: string;
}

const LATIN1: Ecriture = {
  declaree: 'ISO-8859-1',
  horsAlphabet: /[\u0080-\u009F]|[^\u0000-\u00FF]/gu,
  encode: (texte) => Buffer.from(texte, 'latin1'),
};

function escapeText(texte: string, { horsAlphabet }: Ecriture): string {
  return texte
    .replace(INTERDITS, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', reference)
    .replace(horsAlphabet, reference);
}

function escapeAttribute(texte: string, ecriture: Ecriture): string {
  return escapeText(texte, ecriture)
    .replaceAll('"', '&quot;')
    .replace(/[\t\n]/g, reference);
}

function namespacesOf(element: XmlElement): readonly string[] {
  return [
    element.espace,
    ...element.attributs.map((attribut) => attribut.espace),
    ...element.enfants.flatMap((enfant) => (typeof enfant === 'string' ? [] : namespacesOf(enfant))),
  ];
}

function writeElement(
  element: XmlElement,
  prefixes: ReadonlyMap<string, string>,
  ecriture: Ecriture,
  declarations = '',
): string {
  const qualify = (espace: string, nom: string): string => {
    const prefixe = prefixes.get(espace);
    return prefixe === undefined ? nom : `${prefixe}:${nom}`;
  };
  const nom = qualify(element.espace, element.nom);
  const attributs = element.attributs
    .map(
      (attribut) =>
        ` ${qualify(attribut.espace, attribut.nom)}="${escapeAttribute(attribut.valeur, ecriture)}"`,
    )
    .join('');
  const debut = `<${nom}${declarations}${attributs}`;
  if (element.enfants.length === 0) return `${debut}/>`;
  const contenu = element.enfants
    .map((enfant) =>
      typeof enfant === 'string' ? escapeText(enfant, ecriture) : writeElement(enfant, prefixes, ecriture),
    )
    .join('');
  return `${debut}>${contenu}</${nom}>`;
}

/**
 * Écrit un document en ISO-8859-1 déclaré, comme la norme le demande (protocole §2.6).
 * Ce qui n'existe pas en Latin-1 devient une référence de caractère : ni perte, ni « ? ».
 */
export function writeLatin1(racine: XmlElement): Buffer {
  return writeDocument(racine, LATIN1);
}

/** Écrit un document dans un encodage donné, vrai ou mensonger. */
export function writeDocument(racine: XmlElement, ecriture: Ecriture): Buffer {
  const espaces = new Set([ACTES, INSEE, ...namespacesOf(racine)]);
  espaces.delete('');
  const prefixes = new Map<string, string>();
  for (const espace of espaces) prefixes.set(espace, PREFIXES.get(espace) ?? `ns${prefixes.size}`);
  const declarations = [...prefixes]
    .map(([uri, prefixe]) => ` xmlns:${prefixe}="${escapeAttribute(uri, ecriture)}"`)
    .join('');
  const commentaire = ecriture.commentaire === undefined ? '' : `<!-- ${ecriture.commentaire} -->\n`;
  const element = writeElement(racine, prefixes, ecriture, declarations);
  return ecriture.encode(`<?xml version="1.0" encoding="${ecriture.declaree}"?>\n${commentaire}${element}\n`);
}
