import { z } from 'zod';

/** Ce que la base ne sait pas ranger (le caractère nul) et ce qui ne se lit pas : refusé à la porte plutôt que remplacé en silence. */
const UNREADABLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Un texte écrit par une personne, gardé tel quel. @param missing ce qui se dit quand il manque */
export function freeText(missing: string): z.ZodString {
  return z
    .string(missing)
    .refine((text) => !UNREADABLE.test(text), 'Ce texte contient un caractère de contrôle : ôtez-le.');
}
