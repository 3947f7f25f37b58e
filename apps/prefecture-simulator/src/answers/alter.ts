import { readIdentifiantActe } from '../names/identifiant-acte';
import type { Alteration } from '../scenarios/alteration';
import { UTF8_SOUS_LATIN1, WINDOWS_1252 } from '../xml/odd-encodings';
import { writeDocument, writeLatin1 } from '../xml/write-latin1';
import { INSEE } from '../xml/xml-tree';
import type { XmlAttribut, XmlElement } from '../xml/xml-tree';

/** Le numéro interne d'un acte que personne n'a jamais envoyé. */
const NUMERO_INCONNU = 'JAMAIS_ENVOYE';
/** Un SIREN qui n'est celui de personne. */
export const SIREN_ETRANGER = '999999999';
const CHEMIN = '/var/depot/sortie/';

/** Le même identifiant pour un acte inconnu ; tel quel s'il ne se lit pas. */
export function unknownIdentifiant(identifiantActe: string): string {
  const lu = readIdentifiantActe(identifiantActe);
  if (!lu) return identifiantActe;
  return [lu.departement, lu.siren, lu.jour, NUMERO_INCONNU, lu.nature].join('-');
}

type Retouche = (element: XmlElement) => XmlElement | undefined;

function mapTree(element: XmlElement, retouche: Retouche): XmlElement | undefined {
  const change = retouche(element);
  if (!change) return undefined;
  const enfants = change.enfants
    .map((enfant) => (typeof enfant === 'string' ? enfant : mapTree(enfant, retouche)))
    .filter((enfant) => enfant !== undefined);
  return { ...change, enfants };
}

const editAttributs = (
  element: XmlElement,
  edit: (attribut: XmlAttribut) => string | undefined,
): XmlElement => ({
  ...element,
  attributs: element.attributs.map((attribut) => ({
    ...attribut,
    valeur: edit(attribut) ?? attribut.valeur,
  })),
});

/** Ce que chaque altération fait à un élément ; celles qui n'y sont pas touchent l'encodage, les noms ou l'archive. */
const RETOUCHES: Readonly<Partial<Record<Alteration, Retouche>>> = {
  'sans-document-papier': (element) => (element.nom === 'DocumentPapier' ? undefined : element),
  'nature-999': (element) => (element.nom === 'Nature' ? { ...element, enfants: ['999'] } : element),
  'nom-fichier-avec-chemin': (element) =>
    element.nom === 'NomFichier' ? { ...element, enfants: [CHEMIN, ...element.enfants] } : element,
  'acte-inconnu': (element) =>
    editAttributs(element, ({ nom, valeur }) => {
      if (nom === 'IDActe') return unknownIdentifiant(valeur);
      return nom === 'NumeroInterne' ? NUMERO_INCONNU : undefined;
    }),
  'siren-errone': (element) =>
    editAttributs(element, ({ espace, nom }) =>
      espace === INSEE && nom === 'SIREN' ? SIREN_ETRANGER : undefined,
    ),
};

/** Met de travers ce qu'on demande dans un document. */
export function alterDocument(racine: XmlElement, alterations: readonly Alteration[]): XmlElement {
  return alterations.reduce((document, alteration) => {
    const retouche = RETOUCHES[alteration];
    return (retouche && mapTree(document, retouche)) ?? document;
  }, racine);
}

/** Écrit un document dans l'encodage que les altérations demandent : l'ISO-8859-1 sans elles. */
export function writeAltered(racine: XmlElement, alterations: readonly Alteration[]): Buffer {
  if (alterations.includes('utf8-sous-latin1')) return writeDocument(racine, UTF8_SOUS_LATIN1);
  if (alterations.includes('windows-1252')) return writeDocument(racine, WINDOWS_1252);
  return writeLatin1(racine);
}
