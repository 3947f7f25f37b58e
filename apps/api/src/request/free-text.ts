import { checkTexteXml } from '@teletransmission/actes';
import { z } from 'zod';

/** Ce qui se lit d'un texte avant de le juger : bien plus que ce qu'aucune règle n'admet, et sans que rien n'y croisse. */
const READ_MAX = 10_000;

/**
 * Un texte écrit par une personne, gardé tel quel, ou refusé à la porte plutôt que changé en silence ; sa longueur juste est l'affaire du
 * domaine. @param missing ce qui se dit quand il manque
 */
export function freeText(missing: string): z.ZodString {
  return z
    .string(missing)
    .max(READ_MAX, 'Ce texte est bien trop long.')
    .refine(
      (text) => checkTexteXml(text).length === 0 && !text.includes('\u007f'),
      'Ce texte contient un caractère de contrôle, ou un caractère déjà perdu : ôtez-le.',
    );
}
