import { createHash } from 'node:crypto';

/** L'empreinte SHA-256 d'un texte en UTF-8, en hexadécimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
