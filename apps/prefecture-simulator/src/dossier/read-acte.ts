import type { XmlReading } from '../xml/actes-schema';
import { attributeOf, childNamed, elementsOf, textOf } from '../xml/xml-tree';
import type { XmlElement } from '../xml/xml-tree';

/** Un acte tel qu'il se lit, valide ou non : un champ absent est une chaîne vide. */
export interface ActeLu {
  readonly racine: XmlElement;
  /** `AAAA-MM-JJ`, sans le fuseau que le schéma tolère. */
  readonly dateDecision: string;
  readonly numeroInterne: string;
  readonly codeNature: string;
  readonly matieres: readonly string[];
  readonly objet: string;
  readonly classificationDateVersion: string;
  readonly document: string;
  readonly annexes: readonly string[];
  readonly nombreAnnexes: string;
}

const nomFichier = (element: XmlElement | undefined): string => textOf(childNamed(element, 'NomFichier'));

/** Lit un message 1-1 sans exiger qu'il soit valide ; rien si le fichier est mal formé. */
export function readActe(lecture: XmlReading | undefined): ActeLu | undefined {
  if (lecture?.kind !== 'read') return undefined;
  const { racine } = lecture;
  const annexes = childNamed(racine, 'Annexes');
  return {
    racine,
    dateDecision: (attributeOf(racine, 'Date') ?? '').trim().slice(0, 10),
    numeroInterne: attributeOf(racine, 'NumeroInterne') ?? '',
    codeNature: (attributeOf(racine, 'CodeNatureActe') ?? '').trim(),
    matieres: elementsOf(racine)
      .filter((enfant) => /^CodeMatiere[1-5]$/.test(enfant.nom))
      .map((enfant) => (attributeOf(enfant, 'CodeMatiere') ?? '').trim()),
    objet: textOf(childNamed(racine, 'Objet')),
    classificationDateVersion: textOf(childNamed(racine, 'ClassificationDateVersion')).trim().slice(0, 10),
    document: nomFichier(childNamed(racine, 'Document')),
    annexes: elementsOf(annexes).map(nomFichier),
    nombreAnnexes: (attributeOf(annexes, 'Nombre') ?? '').trim(),
  };
}
