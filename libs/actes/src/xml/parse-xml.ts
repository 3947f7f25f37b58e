import type { Problem, Result } from '@teletransmission/kernel';
import { ok, positionAt, refuse } from '@teletransmission/kernel';
import type { SaxesAttributeNS, SaxesTagNS } from 'saxes';
import { SaxesParser } from 'saxes';
import { ESPACE_XMLNS } from '../vocabulaire/description';
import type { TexteDecode } from './decode';
import { decodeXml } from './decode';
import { raisonMalFormee } from './malformed-xml.fr';
import type { AttributLu, Noeud } from './noeud';
import { findLongPiece, startsWithDoctype } from './scan-markup';

/** Ce qu'une lecture accepte de parcourir ; un message réel en est très loin. */
export interface XmlLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
  /** Sur un même élément. */
  readonly maxAttributes: number;
  readonly maxElements: number;
  /** Sur tous les éléments ensemble. */
  readonly maxAllAttributes: number;
  /** Caractères d'un commentaire, d'une instruction, d'un CDATA, ou d'une balise avec le texte qui la suit. */
  readonly maxPieceChars: number;
}

export const XML_LIMITS: XmlLimits = {
  maxBytes: 8 * 1024 * 1024,
  maxDepth: 64,
  maxAttributes: 64,
  maxElements: 10_000,
  maxAllAttributes: 25_000,
  // De quoi porter une signature et ses preuves de révocation.
  maxPieceChars: 640 * 1024,
};

/** Un document bien formé, et le texte d'où il vient pour situer ses fautes. */
export interface DocumentXml extends TexteDecode {
  readonly racine: Noeud;
}

/** L'URI de chaque préfixe en vigueur, telle qu'écrite ; celles des parents sont derrière, par héritage. */
type EspacesEcrits = Record<string, string>;

interface NoeudOuvert extends Noeud {
  readonly espaces: EspacesEcrits;
  readonly enfants: Noeud[];
  readonly morceaux: string[];
  aDuTexte: boolean;
  texte: string;
}

/** Interrompt l'analyseur, qui n'a pas d'autre frein. Ne sort jamais de ce fichier. */
class Arret extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

/**
 * Lit un XML hostile par hypothèse : taille bornée avant tout, DOCTYPE refusé avant l'analyse, aucune entité hors des cinq
 * de XML, profondeur, attributs et éléments bornés pendant l'analyse.
 * @param decode la rigueur de ce qui part ; à la lecture de ce qui arrive, `decodeXmlRetour`.
 * @returns l'arbre, ou un refus : ceux de `decode`, `xml/too-large`, `xml/doctype`, `xml/too-deep`,
 * `xml/too-many-attributes`, `xml/too-many-elements`, `xml/piece-too-long`, `xml/malformed` (ces deux derniers avec
 * `facts.ligne` et `facts.colonne`).
 */
export function parseXml(
  bytes: Uint8Array,
  limits: XmlLimits = XML_LIMITS,
  decode: (bytes: Uint8Array) => Result<TexteDecode> = decodeXml,
): Result<DocumentXml> {
  if (bytes.byteLength > limits.maxBytes) {
    return refuse({
      code: 'xml/too-large',
      detail: `Le fichier fait ${bytes.byteLength} octets ; un message n'en fait jamais plus de ${limits.maxBytes}.`,
      facts: { tailleOctets: bytes.byteLength, limite: limits.maxBytes },
    });
  }
  const decoded = decode(bytes);
  if (!decoded.ok) return decoded;
  if (startsWithDoctype(decoded.value.texte)) return refuse(DOCTYPE);
  const tooLong = findLongPiece(decoded.value.texte, limits.maxPieceChars);
  if (tooLong !== undefined) return refuse(pieceTooLong(decoded.value.texte, tooLong, limits.maxPieceChars));
  try {
    return ok({ ...decoded.value, racine: build(decoded.value.texte, limits) });
  } catch (error) {
    if (error instanceof Arret) return refuse(error.problem);
    throw error;
  }
}

const DOCTYPE: Problem = {
  code: 'xml/doctype',
  detail:
    "Le fichier porte une déclaration DOCTYPE, qui n'a aucune place dans le protocole : il est refusé sans être lu.",
};

function build(texte: string, limits: XmlLimits): Noeud {
  const parser = new SaxesParser({
    xmlns: true,
    position: false,
    defaultXMLVersion: '1.0',
    forceXMLVersion: true,
  });
  const open: NoeudOuvert[] = [];
  let racine: Noeud | undefined;
  let decalage = 0;
  let attributes = 0;
  let allAttributes = 0;
  let elements = 0;

  const stop = (code: string, detail: string): never => {
    throw new Arret({ code, detail });
  };
  const addText = (piece: string): void => {
    const current = open.at(-1);
    if (!current) return;
    current.aDuTexte = true;
    current.morceaux.push(piece);
  };

  parser.on('doctype', () => {
    throw new Arret(DOCTYPE);
  });
  parser.on('error', (error) => {
    throw new Arret(malformed(texte, parser.position, raisonMalFormee(error.message)));
  });
  parser.on('opentagstart', (tag) => {
    // Le caractère qui suit le nom est déjà consommé.
    decalage = parser.position - tag.name.length - 2;
    attributes = 0;
    elements += 1;
    if (elements > limits.maxElements)
      stop('xml/too-many-elements', `Plus de ${limits.maxElements} éléments.`);
    if (open.length >= limits.maxDepth) stop('xml/too-deep', `Plus de ${limits.maxDepth} éléments emboîtés.`);
  });
  parser.on('attribute', () => {
    attributes += 1;
    allAttributes += 1;
    if (attributes > limits.maxAttributes) {
      stop('xml/too-many-attributes', `Plus de ${limits.maxAttributes} attributs sur un même élément.`);
    }
    if (allAttributes > limits.maxAllAttributes) {
      stop('xml/too-many-attributes', `Plus de ${limits.maxAllAttributes} attributs en tout.`);
    }
  });
  parser.on('opentag', (tag) => {
    const noeud = openNoeud(tag, open.at(-1)?.espaces ?? AUCUN_ESPACE, decalage);
    open.at(-1)?.enfants.push(noeud);
    racine ??= noeud;
    open.push(noeud);
  });
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed) closed.texte = closed.morceaux.join('');
  });
  parser.on('text', addText);
  parser.on('cdata', addText);

  parser.write(texte).close();
  return racine ?? stop('xml/malformed', "Le fichier ne contient aucun élément : ce n'est pas un XML.");
}

const AUCUN_ESPACE = Object.create(null) as EspacesEcrits;

/**
 * L'analyseur rogne les blancs autour des URI d'espaces de noms ; or une espace de plus, et c'est un autre espace de noms. On garde donc
 * celles que le fichier écrit.
 */
function openNoeud(tag: SaxesTagNS, inherited: EspacesEcrits, decalage: number): NoeudOuvert {
  const all = Object.values<SaxesAttributeNS>(tag.attributes);
  const declared = all.filter(({ uri }) => uri === ESPACE_XMLNS);
  const espaces = declared.length === 0 ? inherited : (Object.create(inherited) as EspacesEcrits);
  for (const { prefix, local, value } of declared) espaces[prefix === '' ? '' : local] = value;
  const attributs = all.flatMap(({ uri, prefix, local, value }): AttributLu[] =>
    uri === ESPACE_XMLNS
      ? []
      : [{ espace: prefix === '' ? '' : (espaces[prefix] ?? uri), local, valeur: value }],
  );
  return {
    espaces,
    espace: espaces[tag.prefix] ?? tag.uri,
    local: tag.local,
    espacesDeclares: declared.map(({ value }) => value),
    attributs,
    enfants: [],
    morceaux: [],
    texte: '',
    aDuTexte: false,
    decalage,
  };
}

function pieceTooLong(texte: string, decalage: number, limite: number): Problem {
  const { ligne, colonne } = positionAt(texte, decalage);
  return {
    code: 'xml/piece-too-long',
    detail: `À la ligne ${ligne}, colonne ${colonne}, un seul morceau fait plus de ${limite} caractères : aucun message n'en porte de tel.`,
    facts: { ligne, colonne },
  };
}

function malformed(texte: string, decalage: number, raison: string): Problem {
  const { ligne, colonne } = positionAt(texte, decalage);
  return {
    code: 'xml/malformed',
    detail: `XML mal formé à la ligne ${ligne}, colonne ${colonne} (${raison}) : le fichier est tronqué ou abîmé.`,
    facts: { ligne, colonne },
  };
}
