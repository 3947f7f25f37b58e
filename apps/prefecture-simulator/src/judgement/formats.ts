import type { ArchiveEntry } from '../archive/read-archive';
import { readNomDocument } from '../names/file-names';

/** Reconnaît un format par son contenu : l'extension n'est qu'une promesse. */
function formatOf({ debut }: ArchiveEntry): string | undefined {
  if (debut.includes('%PDF-')) return 'pdf';
  if (debut.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'jpg';
  if (debut.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]))) return 'png';
  return /^(?:ï»¿)?\s*</.test(debut.toString('latin1')) ? 'xml' : undefined;
}

/** Ce qui cloche dans un document (vide, format interdit, contenu qui dément l'extension), ou rien. Protocole §2.7. */
export function faultOfFormat(
  nom: string,
  entry: ArchiveEntry | undefined,
  isXmlAllowed: boolean,
): string | undefined {
  if (!entry || entry.tailleOctets === 0) return `le fichier ${nom} est vide`;
  const promis = readNomDocument(nom)?.extension.replace('jpeg', 'jpg') ?? '';
  if (!['pdf', 'jpg', 'png', 'xml'].includes(promis) || (promis === 'xml' && !isXmlAllowed)) {
    return `le format de ${nom} n'est pas autorisé`;
  }
  if (formatOf(entry) === promis) return undefined;
  return `le contenu de ${nom} ne correspond pas à son extension`;
}
