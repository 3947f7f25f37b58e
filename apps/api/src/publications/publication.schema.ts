import { isAdressePublique, MOYENS_PUBLICATION } from '@teletransmission/teletransmission';
import { z } from 'zod';

const ADRESSE = 'Une adresse http ou https est attendue, de 2000 caractères au plus.';

export const publicationSchema = z.strictObject({
  datePublication: z
    .string('Le jour de la publication manque, AAAA-MM-JJ.')
    .max(100, 'Un jour s’écrit AAAA-MM-JJ.')
    .describe('Jour de mise à disposition du public, AAAA-MM-JJ')
    .meta({ format: 'date' }),
  adresse: z
    .string(ADRESSE)
    .refine(isAdressePublique, ADRESSE)
    .optional()
    .describe('Où l’acte se lit en ligne'),
  moyen: z
    .enum(MOYENS_PUBLICATION, 'Le moyen de publication est « affichage », « site » ou « recueil ».')
    .optional()
    .describe('Comment l’acte est publié ; à dire quand il n’a pas d’adresse'),
});
