import { z } from 'zod';

const LIMITE = 'La limite est un nombre de lignes, de 1 à 500.';

/** Une page : au plus 500 lignes, après un curseur. Un critère inconnu est une faute de frappe, et se dit. */
export const pageQuerySchema = z.strictObject({
  apres: z
    .string('Un seul curseur à la fois.')
    .max(500, 'Ce curseur n’est pas de ce service.')
    .optional()
    .describe('Curseur rendu par la page précédente'),
  limite: z.coerce
    .number(LIMITE)
    .int(LIMITE)
    .min(1, LIMITE)
    .max(500, LIMITE)
    .default(50)
    .describe('Lignes par page, de 1 à 500'),
});
