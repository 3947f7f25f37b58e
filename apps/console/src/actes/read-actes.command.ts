import type { FichierArchive, LectureXml } from '@teletransmission/actes';
import { readXmlRetour } from '@teletransmission/actes';
import path from 'node:path';
import { CommandFailure, refused } from '../output/outcome';
import type { Printable } from '../output/print';
import type { ActesFile } from './open-actes-file';
import { openActesFile } from './open-actes-file';

function jsonOf({ type, racine, encodage, message, ecarts }: LectureXml): Record<string, unknown> {
  const flux = 'flux' in message ? message.flux : null;
  return { flux, type, racine, encodage, ...message, ...(flux === null ? {} : { flux }), ecarts };
}

function fichierJson({ nom, tailleOctets, octets }: FichierArchive): Record<string, unknown> {
  if (!octets) return { nom, tailleOctets };
  const lecture = readXmlRetour(octets);
  return lecture.ok
    ? { nom, tailleOctets, ...jsonOf(lecture.value) }
    : { nom, tailleOctets, erreur: lecture.problem };
}

/** Ce que l'ouverture de l'archive a remarqué : rien, quand elle est comme il faut. */
function remarquesOf(content: Exclude<ActesFile, { kind: 'xml' }>): readonly unknown[] {
  if (content.kind === 'retour') return content.contenu.remarques;
  return content.refus === null ? [] : [{ regle: content.refus.code, detail: content.refus.detail }];
}

/** `actes lire FICHIER` : tout message ou toute archive, en JSON, lu sans exiger qu'il soit conforme. */
export async function readActes(file: string): Promise<Printable> {
  const content = await openActesFile(file);
  if (content.kind === 'xml') {
    const json = jsonOf(refused(readXmlRetour(content.octets)));
    return { json, lines: [JSON.stringify(json, null, 2)] };
  }
  const fichiers = (content.kind === 'retour' ? content.contenu : content).fichiers.map(fichierJson);
  if (!fichiers.some((fichier) => 'racine' in fichier)) {
    throw new CommandFailure({
      code: 'actes/no-message',
      detail: 'Cette archive ne contient aucun message ACTES lisible.',
    });
  }
  const json = {
    archive: path.basename(file),
    sens: content.kind,
    remarques: remarquesOf(content),
    fichiers,
  };
  return { json, lines: [JSON.stringify(json, null, 2)] };
}
