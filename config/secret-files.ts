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

/** Lit un secret dans son fichier, sans le saut de ligne que les éditeurs ajoutent. @returns le secret, ou ce qui ne va pas. */
export function readSecretFile(file: string): { readonly secret: string } | { readonly fault: string } {
  try {
    if (statSync(file).size > MAX_BYTES) return { fault: 'ce fichier est trop gros pour un secret' };
    const secret = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    return secret === '' ? { fault: 'ce fichier est vide' } : { secret };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { fault: `ce fichier ne se lit pas (${code ?? 'inconnu'})` };
  }
}
