import type { XmlReading } from '../xml/actes-schema';
import { attributeOf, childNamed, descendantsNamed, textOf } from '../xml/xml-tree';
import type { XmlElement } from '../xml/xml-tree';

/** Un message de collectivité autre qu'un acte, tel qu'il se lit, valide ou non : un champ absent est une chaîne vide. */
export interface MessageLu {
  readonly racine: XmlElement;
  readonly identifiantActe: string;
  /** `AAAA-MM-JJ`, la date portée par le courrier auquel on répond. */
  readonly dateCourrierPref: string;
  /** `AAAA-MM-JJ`, la version de classification que l'expéditeur dit détenir ; vide s'il n'en dit rien. */
  readonly dateClassification: string;
  readonly documents: readonly string[];
}

const asDay = (texte: string | undefined): string => (texte ?? '').trim().slice(0, 10);

/** Lit un message 2-2, 3-x, 4-x, 6-1 ou 7-1 sans exiger qu'il soit valide ; rien si le fichier est mal formé. */
export function readMessage(lecture: XmlReading | undefined): MessageLu | undefined {
  if (lecture?.kind !== 'read') return undefined;
  const { racine } = lecture;
  return {
    racine,
    identifiantActe: (attributeOf(racine, 'IDActe') ?? '').trim(),
    dateCourrierPref: asDay(attributeOf(racine, 'DateCourrierPref')),
    dateClassification: asDay(textOf(childNamed(racine, 'DateClassification'))),
    documents: descendantsNamed(racine, 'Document').map((document) =>
      textOf(childNamed(document, 'NomFichier')),
    ),
  };
}
