import { excerptOf } from '@teletransmission/kernel';

/** Ce qu'un système de fichiers ordinaire admet d'un nom, en octets UTF-8. */
export const FILE_NAME_MAX_BYTES = 255;

/** Ce qui ne se voit pas, ou change le sens de lecture : un nom ne doit pas se faire passer pour un autre. */
const HIDDEN = /[\p{Cc}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
/** Un nom dont les octets n'étaient pas de l'UTF-8, ou des moitiés de caractères. */
const BROKEN = /\uFFFD|\p{Cs}/u;

/** Ce qui ne va pas dans un nom de fichier. */
export interface FileNameFault {
  readonly code: 'piece/name-too-long' | 'piece/name-refused';
  readonly detail: string;
}

/** @returns la faute d'un nom de fichier cité ou reçu ; `null` quand il convient. */
export function fileNameFault(nomFichier: string): FileNameFault | null {
  const sizeBytes = new TextEncoder().encode(nomFichier).length;
  if (sizeBytes > FILE_NAME_MAX_BYTES) {
    return {
      code: 'piece/name-too-long',
      detail: `Le nom « ${excerptOf(nomFichier)} » fait ${sizeBytes} octets ; ${FILE_NAME_MAX_BYTES} au plus. Raccourcissez-le.`,
    };
  }
  if (HIDDEN.test(nomFichier)) {
    return {
      code: 'piece/name-refused',
      detail:
        'Ce nom de fichier porte un caractère de contrôle ou de sens d’écriture, qui ne se voit pas : renommez-le.',
    };
  }
  if (BROKEN.test(nomFichier)) {
    return {
      code: 'piece/name-refused',
      detail: 'Ce nom de fichier ne se lit pas : écrivez-le en UTF-8, ou sans accents.',
    };
  }
  return null;
}
