import type { Balise } from './serialize';
import { serialize } from './serialize';
import type { DeclarationAttribut, DeclarationElement, Particule } from '../vocabulaire/description';
import { ESPACE_ACTES, ESPACE_INSEE } from '../vocabulaire/description';
import { ATTRIBUT_SIREN } from '../vocabulaire/enveloppe';
import type { TypeSimple } from '../vocabulaire/types-simples';
import { ATTRIBUTS_GLOBAUX, ELEMENTS_GLOBAUX } from '../vocabulaire/vocabulaire';

/** Deux schémas : un espace de noms n'en admet qu'un, et le SIREN est dans celui de l'INSEE. */
export interface SchemasXsd {
  readonly 'actes.xsd': string;
  readonly 'insee.xsd': string;
}

const XSD = 'http://www.w3.org/2001/XMLSchema';

/**
 * Écrit notre description du vocabulaire en schémas XSD, pour les outils qui n'en parlent pas d'autre. Ils jugent comme le
 * schéma officiel ; les règles (`regle/…`) n'y sont pas.
 * @example schemaXsd()['actes.xsd']
 */
export function schemaXsd(): SchemasXsd {
  const attributs = ATTRIBUTS_GLOBAUX.filter(({ espace }) => espace === ESPACE_ACTES);
  const actes = [
    xs('import', { namespace: ESPACE_INSEE, schemaLocation: 'insee.xsd' }),
    ...attributs.map(({ nom, type }) => xs('attribute', { name: nom }, [typeOf(type)])),
    ...ELEMENTS_GLOBAUX.map((declaration) => elementOf(declaration)),
  ];
  const insee = [xs('attribute', { name: ATTRIBUT_SIREN.nom }, [typeOf(ATTRIBUT_SIREN.type)])];
  return {
    'actes.xsd': schemaOf(ESPACE_ACTES, { 'xmlns:actes': ESPACE_ACTES, 'xmlns:insee': ESPACE_INSEE }, actes),
    'insee.xsd': schemaOf(ESPACE_INSEE, {}, insee),
  };
}

type Attributs = Readonly<Record<string, string>>;

function xs(nom: string, attributs: Attributs, contenu: readonly Balise[] = []): Balise {
  return { nom: `xs:${nom}`, attributs: Object.entries(attributs), contenu };
}

function schemaOf(espace: string, prefixes: Attributs, contenu: readonly Balise[]): string {
  const attributs = {
    'xmlns:xs': XSD,
    ...prefixes,
    targetNamespace: espace,
    elementFormDefault: 'qualified',
    attributeFormDefault: 'qualified',
  };
  return serialize(xs('schema', attributs, contenu), 'UTF-8');
}

function typeOf({ base, facettes }: TypeSimple): Balise {
  const restrictions = facettes.map(([nom, value]) => xs(nom, { value }));
  return xs('simpleType', {}, [xs('restriction', { base: `xs:${base}` }, restrictions)]);
}

function elementOf(
  { nom, contenu, attributs, annulable }: DeclarationElement,
  bounds: Attributs = {},
): Balise {
  const named = { name: nom, ...bounds, ...(annulable === true ? { nillable: 'true' } : {}) };
  if (contenu.sorte === 'texte') return xs('element', named, [typeOf(contenu.type)]);
  // Sans type, un élément est de type `anyType` : c'est le contenu libre.
  if (contenu.sorte === 'libre') return xs('element', named);
  const sequence = contenu.sorte === 'suite' ? [xs('sequence', {}, contenu.particules.map(particuleOf))] : [];
  return xs('element', named, [xs('complexType', {}, [...sequence, ...attributs.map(attributOf)])]);
}

function particuleOf({ elements, min, max }: Particule): Balise {
  const bounds = { minOccurs: String(min), maxOccurs: Number.isFinite(max) ? String(max) : 'unbounded' };
  const [only] = elements;
  if (elements.length === 1 && only) return elementOf(only, bounds);
  return xs(
    'choice',
    bounds,
    elements.map((branch) => elementOf(branch)),
  );
}

function attributOf({ espace, nom, type, requis }: DeclarationAttribut): Balise {
  const use = requis ? 'required' : 'optional';
  if (espace === ESPACE_INSEE) return xs('attribute', { ref: `insee:${nom}`, use });
  return xs('attribute', { name: nom, use }, [typeOf(type)]);
}
