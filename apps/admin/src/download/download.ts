import { StreamableFile } from '@nestjs/common';
import type { Readable } from 'node:stream';

export interface DownloadedFile {
  readonly nom: string;
  readonly tailleOctets: number;
  /** Le type MIME annoncé ; le navigateur enregistre, il n'affiche jamais. */
  readonly type: string;
}

const TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  xml: 'application/xml',
};

/** Le type MIME d'un format de pièce. */
export function mimeTypeOf(format: string): string {
  return TYPES[format] ?? 'application/octet-stream';
}

/** L'en-tête `Content-Disposition` d'un fichier à enregistrer : un nom ASCII pour tous, le vrai nom à côté (RFC 6266 et 8187). */
export function attachmentOf(nom: string): string {
  // Les caractères de commande couperaient l'en-tête, les barres feraient un chemin, un demi-caractère ne s'encode pas.
  const safe = nom.replace(/[\p{Cc}\p{Cs}/\\]/gu, '_');
  const ascii = safe
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]|["%]/g, '_');
  const encoded = encodeURIComponent(safe).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** Le téléchargement d'un contenu du dépôt, au fil de l'eau : un fichier de 150 Mio ne passe pas par la mémoire. */
export function download(content: Readable, file: DownloadedFile): StreamableFile {
  return new StreamableFile(content, {
    type: file.type,
    disposition: attachmentOf(file.nom),
    length: file.tailleOctets,
  });
}
