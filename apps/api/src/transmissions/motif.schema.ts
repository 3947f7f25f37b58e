import { z } from 'zod';
import { freeText } from '../request/free-text';

export const motifSchema = z.strictObject({
  motif: freeText('Le motif manque.')
    .describe('Pourquoi ; entre dans l’historique. 3 à 500 caractères')
    .meta({ minLength: 3, maxLength: 500 }),
});
