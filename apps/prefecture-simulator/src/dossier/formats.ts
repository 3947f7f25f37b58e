import type { ArchiveEntry } from '../archive/read-archive';
import { readNomDocument } from '../names/file-names';
import type { DocumentExamine } from './examine-document';

/** Ce qui cloche dans un document (vide, format interdit, contenu qui dément l'extension, illisible), ou rien. Protocole §2.7. */
export function faultOfFormat(
  nom: string,
  entry: ArchiveEntry | undefined,
  examen: DocumentExamine | undefined,
  isXmlAllowed: boolean,
): string | undefined {
  if (!entry || entry.tailleOctets === 0) return `le fichier ${nom} est vide`;
  // L'extension n'est qu'une promesse.
  const promis = readNomDocument(nom)?.extension.replace('jpeg', 'jpg') ?? '';
  if (!['pdf', 'jpg', 'png', 'xml'].includes(promis) || (promis === 'xml' && !isXmlAllowed)) {
    return `le format de ${nom} n'est pas autorisé`;
  }
  if (examen?.format !== promis) return `le contenu de ${nom} ne correspond pas à son extension`;
  return examen.defaut === undefined ? undefined : `le fichier ${nom} ${examen.defaut}`;
}
