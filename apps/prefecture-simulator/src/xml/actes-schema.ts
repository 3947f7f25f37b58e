import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type * as Libxml2 from 'libxml2-wasm';
import type { XmlElement } from './xml-tree';

/** Une faute de schéma, à la ligne du document reçu. */
export interface SchemaFault {
  readonly ligne: number;
  readonly message: string;
}

/** Ce qu'on a pu tirer d'un fichier XML : son arbre et ses fautes de schéma, ou rien s'il est mal formé. */
export type XmlReading =
  | { readonly kind: 'malformed'; readonly detail: string }
  | { readonly kind: 'read'; readonly racine: XmlElement; readonly fautes: readonly SchemaFault[] };

const DOSSIER_SCHEMA = path.join(__dirname, '..', '..', 'schema');
// libxml2 cherche les imports par leur nom, dans un registre commun au processus : ce préfixe nous isole des autres.
const ESPACE = 'prefecture-simulator/';

/** Le schéma du simulateur, chargé une fois, et la lecture des documents à travers lui. */
export class ActesSchema {
  private constructor(
    private readonly libxml2: typeof Libxml2,
    private readonly validator: Libxml2.XsdValidator,
  ) {}

  /** Charge `schema/actes.xsd`. À faire une fois par processus : la bibliothèque garde les fichiers importés. */
  static async load(): Promise<ActesSchema> {
    const libxml2 = await import('libxml2-wasm');
    const [actes, insee] = await Promise.all(
      ['actes.xsd', 'insee.xsd'].map((nom) => readFile(path.join(DOSSIER_SCHEMA, nom))),
    );
    if (!actes || !insee) throw new Error('Le schéma du simulateur est incomplet.');
    libxml2.xmlRegisterInputProvider(new libxml2.XmlBufferInputProvider({ [`${ESPACE}insee.xsd`]: insee }));
    const document = libxml2.XmlDocument.fromBuffer(actes, { url: `${ESPACE}actes.xsd` });
    try {
      return new ActesSchema(libxml2, libxml2.XsdValidator.fromDoc(document));
    } finally {
      document.dispose();
    }
  }

  /** Lit et valide un document. Un DOCTYPE n'a pas sa place dans ACTES : il est refusé avant toute analyse. */
  read(octets: Buffer): XmlReading {
    const { XmlDocument, ParseOption } = this.libxml2;
    if (octets.includes('<!DOCTYPE'))
      return { kind: 'malformed', detail: 'une déclaration DOCTYPE est interdite' };
    const option = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NOCDATA;
    let document: Libxml2.XmlDocument;
    try {
      // Les options de libxml2 se cumulent bit à bit.
      // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment
      document = XmlDocument.fromBuffer(octets, { option });
    } catch (error) {
      return { kind: 'malformed', detail: firstLine(error) };
    }
    try {
      return { kind: 'read', racine: this.copy(document.root), fautes: this.validate(document) };
    } finally {
      document.dispose();
    }
  }

  private validate(document: Libxml2.XmlDocument): readonly SchemaFault[] {
    try {
      this.validator.validate(document);
      return [];
    } catch (error) {
      if (!(error instanceof this.libxml2.XmlValidateError)) throw error;
      return error.details.map(({ line, message }) => ({
        ligne: line,
        message: message.replaceAll(/\{[^}]*\}/g, '').trim(),
      }));
    }
  }

  private copy(noeud: Libxml2.XmlElement): XmlElement {
    const { XmlElement: Element, XmlText: Text, XmlCData: CData } = this.libxml2;
    const enfants: (XmlElement | string)[] = [];
    for (let enfant = noeud.firstChild; enfant !== null; enfant = enfant.next) {
      if (enfant instanceof Element) enfants.push(this.copy(enfant));
      else if (enfant instanceof Text || enfant instanceof CData) enfants.push(enfant.content);
    }
    const hasElements = enfants.some((enfant) => typeof enfant !== 'string');
    return {
      espace: noeud.namespaceUri,
      nom: noeud.name,
      attributs: noeud.attrs.map((a) => ({ espace: a.namespaceUri, nom: a.name, valeur: a.content })),
      // L'indentation n'est pas du contenu.
      enfants: hasElements ? enfants.filter((e) => typeof e !== 'string' || e.trim() !== '') : enfants,
    };
  }
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0]?.trim() ?? '';
}
