import { checkTexteXml } from '@teletransmission/actes';
import { z } from 'zod';

/** Un texte écrit par une personne, gardé tel quel, ou refusé à la porte plutôt que changé en silence. @param missing ce qui se dit quand il manque */
export function freeText(missing: string): z.ZodString {
  return z
    .string(missing)
    .refine(
      (text) => checkTexteXml(text).length === 0 && !text.includes('\u007f'),
      'Ce texte contient un caractère de contrôle, ou un caractère déjà perdu : ôtez-le.',
    );
}
