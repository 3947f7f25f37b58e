import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces';
import type { DeclarationAttribut, DeclarationElement, Particule } from './description';
import { ESPACE_ACTES, ESPACE_INSEE } from './description';
import { ATTRIBUT_SIREN } from './enveloppe';
import type { TypeSimple } from './types-simples';
import { ATTRIBUTS_GLOBAUX, ELEMENTS_GLOBAUX } from './vocabulaire';

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
  const actes = schemaOf(ESPACE_ACTES, { 'xmlns:actes': ESPACE_ACTES, 'xmlns:insee': ESPACE_INSEE });
  actes.ele('xs:import', { namespace: ESPACE_INSEE, schemaLocation: 'insee.xsd' });
  for (const { nom, type, espace } of ATTRIBUTS_GLOBAUX) {
    if (espace === ESPACE_ACTES) writeType(actes.ele('xs:attribute', { name: nom }), type);
  }
  for (const declaration of ELEMENTS_GLOBAUX) writeElement(actes, declaration, {});

  const insee = schemaOf(ESPACE_INSEE, {});
  writeType(insee.ele('xs:attribute', { name: ATTRIBUT_SIREN.nom }), ATTRIBUT_SIREN.type);
  return { 'actes.xsd': textOf(actes), 'insee.xsd': textOf(insee) };
}

function schemaOf(espace: string, prefixes: Readonly<Record<string, string>>): XMLBuilder {
  return create({ version: '1.0', encoding: 'UTF-8' }).ele('xs:schema', {
    'xmlns:xs': XSD,
    ...prefixes,
    targetNamespace: espace,
    elementFormDefault: 'qualified',
    attributeFormDefault: 'qualified',
  });
}

function textOf(schema: XMLBuilder): string {
  return `${schema.end({ prettyPrint: true })}\n`;
}

function writeType(parent: XMLBuilder, { base, facettes }: TypeSimple): void {
  const restriction = parent.ele('xs:simpleType').ele('xs:restriction', { base: `xs:${base}` });
  for (const [nom, value] of facettes) restriction.ele(`xs:${nom}`, { value });
}

type Bounds = Readonly<Record<string, string>>;

function writeElement(parent: XMLBuilder, declaration: DeclarationElement, bounds: Bounds): void {
  const { nom, contenu, attributs, annulable } = declaration;
  const nillable = annulable === true ? { nillable: 'true' } : {};
  const element = parent.ele('xs:element', { name: nom, ...bounds, ...nillable });
  if (contenu.sorte === 'texte') {
    writeType(element, contenu.type);
    return;
  }
  // Sans type, un élément est de type `anyType` : c'est le contenu libre.
  if (contenu.sorte === 'libre') return;
  const complex = element.ele('xs:complexType');
  if (contenu.sorte === 'suite') {
    const sequence = complex.ele('xs:sequence');
    for (const particule of contenu.particules) writeParticule(sequence, particule);
  }
  for (const declared of attributs) writeAttribut(complex, declared);
}

function writeParticule(sequence: XMLBuilder, { elements, min, max }: Particule): void {
  const bounds = { minOccurs: String(min), maxOccurs: Number.isFinite(max) ? String(max) : 'unbounded' };
  const [only] = elements;
  if (elements.length === 1 && only) {
    writeElement(sequence, only, bounds);
    return;
  }
  const choice = sequence.ele('xs:choice', bounds);
  for (const branch of elements) writeElement(choice, branch, {});
}

function writeAttribut(complex: XMLBuilder, { espace, nom, type, requis }: DeclarationAttribut): void {
  const use = requis ? 'required' : 'optional';
  if (espace === ESPACE_INSEE) {
    complex.ele('xs:attribute', { ref: `insee:${nom}`, use });
    return;
  }
  writeType(complex.ele('xs:attribute', { name: nom, use }), type);
}
