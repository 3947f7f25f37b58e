import type { LectureXml } from '@teletransmission/actes';
import { readXml } from '@teletransmission/actes';
import path from 'node:path';
import { CommandFailure, refused } from '../output/outcome';
import type { Printable } from '../output/print';
import { openActesFile } from './open-actes-file';

function jsonOf({ type, racine, encodage, message, ecarts }: LectureXml): Record<string, unknown> {
  const flux = 'flux' in message ? message.flux : null;
  return { flux, type, racine, encodage, ...message, ...(flux === null ? {} : { flux }), ecarts };
}

/** `actes lire FICHIER` : tout message ou toute archive, en JSON, lu sans exiger qu'il soit conforme. */
export async function readActes(file: string): Promise<Printable> {
  const content = await openActesFile(file);
  if (content.kind === 'xml') {
    const json = jsonOf(refused(readXml(content.octets)));
    return { json, lines: [JSON.stringify(json, null, 2)] };
  }
  const fichiers = content.fichiers.map(({ nom, tailleOctets, octets }) => {
    if (!octets) return { nom, tailleOctets };
    const lecture = readXml(octets);
    return lecture.ok
      ? { nom, tailleOctets, ...jsonOf(lecture.value) }
      : { nom, tailleOctets, erreur: lecture.problem };
  });
  if (!fichiers.some((fichier) => 'racine' in fichier)) {
    throw new CommandFailure({
      code: 'actes/no-message',
      detail: 'Cette archive ne contient aucun message ACTES lisible.',
    });
  }
  const json = { archive: path.basename(file), fichiers };
  return { json, lines: [JSON.stringify(json, null, 2)] };
}
