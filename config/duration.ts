import { z } from 'zod';

/** Une durée réglable, en millisecondes entières et positives. @param defaut ce qu'elle vaut quand personne ne la règle */
export const duration = (defaut: number): z.ZodDefault<z.ZodCoercedNumber> =>
  z.coerce.number('doit être une durée en millisecondes').int().positive().default(defaut);
