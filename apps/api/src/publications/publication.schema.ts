import { z } from 'zod';

const ADRESSE = 'Une adresse http ou https est attendue, de 2000 caractères au plus.';

export const publicationSchema = z.strictObject({
  datePublication: z
    .string('Le jour de la publication manque, AAAA-MM-JJ.')
    .describe('Jour de mise à disposition du public, AAAA-MM-JJ'),
  adresse: z
    .string(ADRESSE)
    .max(2000, ADRESSE)
    .regex(/^https?:[!-~\u00a1-\uffff]+$/, ADRESSE)
    .refine((text) => URL.canParse(text), ADRESSE)
    .optional()
    .describe('Où l’acte se lit en ligne'),
});
