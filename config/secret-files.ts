import { readFileSync, statSync } from 'node:fs';
import type { z } from 'zod';

/** Aucun secret n'est si long ; un journal donné par mégarde, si. */
const MAX_BYTES = 16_384;

/** Le réglage qui dit dans quel fichier est un secret. */
export function fileKeyOf(key: string): string {
  return `${key}_FILE`;
}

/** Les clés secrètes d'une préoccupation. */
export function secretKeysOf(concern: { readonly in: unknown }): readonly string[] {
  const { shape } = concern.in as z.ZodObject;
  return Object.entries(shape).flatMap(([key, schema]) =>
    (schema as z.ZodType).meta()?.['secret'] === true ? [key] : [],
  );
}

/** Pourquoi un fichier ne se lit pas, en mots. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'il n’existe pas',
  EACCES: 'le droit de le lire manque',
  EPERM: 'le droit de le lire manque',
  EISDIR: 'c’est un dossier',
  ENOTDIR: 'son chemin passe par ce qui n’est pas un dossier',
  ELOOP: 'ses liens tournent en rond',
};

/**
 * Lit un secret dans son fichier : UTF-8, sans la marque ni le saut de ligne que les éditeurs ajoutent.
 * @returns le secret, ou ce qui ne va pas.
 */
export function readSecretFile(file: string): { readonly secret: string } | { readonly fault: string } {
  try {
    if (statSync(file).size > MAX_BYTES) return { fault: 'ce fichier est trop gros pour un secret' };
    const secret = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)).replace(/\r?\n$/, '');
    if (secret === '') return { fault: 'ce fichier est vide' };
    // Une adresse ou un en-tête l'ôterait sans rien dire : le secret ne serait plus celui-là.
    return /[\0\r\n]/.test(secret)
      ? { fault: 'ce fichier a plusieurs lignes : un secret n’en a qu’une' }
      : { secret };
  } catch (error) {
    const { code = 'inconnu' } = error as NodeJS.ErrnoException;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      return { fault: 'ce fichier n’est pas un texte en UTF-8' };
    const reason = REASONS[code];
    return { fault: `ce fichier ne se lit pas (${code})${reason === undefined ? '' : ` : ${reason}`}` };
  }
}
